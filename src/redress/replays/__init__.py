"""What two versions of a policy would have done with the same acts: played at once where that is quick, else by the worker."""
