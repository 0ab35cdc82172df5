//! Who may enter: sessions, passwords, access cards, roles.
