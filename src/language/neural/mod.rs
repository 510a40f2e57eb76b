//! The network: a word is the sum of rows of tables, two layers of memory cells read the sentence in both directions
//! (Hochreiter and Schmidhuber 1997), and all decisions follow from what they say of each word: its tag, its head
//! (Dozat and Manning 2017), the label of the arc, and whether it is part of a name.
//!
//! Weights and what they are multiplied with are whole numbers of 8 bits, all other steps are basic operations in a fixed
//! order, so that every machine gives the same answer.

mod cells;
pub mod kernel;
mod layer;
pub mod maths;
mod network;
mod rows;
pub mod shape;
pub mod tree;

use layer::pack as pack_layer;
pub use network::{Desk, Given, LONGEST, Network, Parts, pack};
