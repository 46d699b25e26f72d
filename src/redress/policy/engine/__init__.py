"""The decider: commands, events, the case they fold into, and what each event obliges people to do."""
