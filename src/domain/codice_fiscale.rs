//! The codice fiscale as a type of its own.
