//! The calendars that letters are dated by, one file each, meeting only on the day axis.
