//! The `brief` program.

fn main() {}
