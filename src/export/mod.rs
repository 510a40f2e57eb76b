//! Floor 3: values to bytes.

mod analysis;

pub use analysis::write_analysis;
