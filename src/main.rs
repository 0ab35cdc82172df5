//! Autonomia.
fn main() {}
