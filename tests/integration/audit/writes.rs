//! Every write that touches somebody says so in a row with their id.
