//! How fast mentions that are analysed already are linked, on one core, and how that grows with their number.
//!
//! `DATELINE_BENCH_MENTIONS` adds a size.

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;

use common::reports::reports;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::lexicon::{Data, Kin};
use dateline::link::{Weights, link};

fn linking(c: &mut Criterion) {
    let kin = Kin::load(&Data::BuiltIn).unwrap();
    let mut group = c.benchmark_group("link");
    group.sample_size(10);
    let more = std::env::var("DATELINE_BENCH_MENTIONS").ok().and_then(|n| n.parse().ok());
    for size in [1_000, 10_000, 30_000].into_iter().chain(more) {
        let (reports, gold) = reports(1, size);
        group.throughput(Throughput::Elements(gold.iter().map(|g| g.len() as u64).sum()));
        group.bench_function(size.to_string(), |b| {
            b.iter(|| black_box(link(&reports, &kin, &Weights::default(), false)))
        });
    }
    group.finish();
}

criterion_group!(benches, linking);
criterion_main!(benches);
