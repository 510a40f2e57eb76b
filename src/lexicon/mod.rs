//! Floor 2: the files of `data/`, checked and compiled.

mod countries;
mod data;

pub use countries::{Countries, CountryNames, CountryWord};
pub use data::{Data, DataError};
