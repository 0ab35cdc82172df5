### For those who write programs.
developers-title = For developers
developers-description = How a program reads the courses and records services: addresses, fields, errors, examples.
developers-lead = A program can do here what the pages do.
developers-document = The OpenAPI description, for programs
developers-in-english = The description below is in English.
feed-title = The modules of Autonomia
