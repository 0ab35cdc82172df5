//! Nobody makes the server fall, and it tells nobody what was sent to it.

mod answers;
mod headers;
mod marks;
mod memory;
mod metrics;
mod slow;
