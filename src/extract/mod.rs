//! Floor 3: from a document and its syntax to time expressions and events. Pure: no I/O, no clock, and it never fails.

pub mod times;
