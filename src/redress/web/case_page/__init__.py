"""What the case page shows beside duties and acts (``case_sheet.py``): each part worked out from the open file, none of it stored."""
