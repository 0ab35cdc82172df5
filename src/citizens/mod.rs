//! The citizen records: registering, finding, reading, correcting.
