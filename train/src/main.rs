//! Rebuilds `data/model` from public treebanks.

fn main() {}
