//! Training of the network.

mod fit;
mod gemm;
mod lstm;
mod network;
mod parameters;

pub use fit::{Trained, fit};
pub use network::{Example, Syntax, Word};
