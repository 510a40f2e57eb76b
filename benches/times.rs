//! How fast time rules load, and how many characters a second the finder reads and resolves on one core.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::extract::times::find_times;
use dateline::lexicon::{Data, TimeRules};
use dateline::model::{Published, PublishedBasis};
use dateline::text::Document;

/// News prose of our own with as many dates as news has.
const NEWS: &str = "The harbour council voted on Tuesday to reopen the northern quay, which has been closed since a storm \
    tore it open in March 2019. Repairs were to last six months, officials said last year, but the work stopped in early \
    2021 when the main contractor failed. The mayor told reporters that the first ferries would sail again by the end of \
    next month. Two weeks ago the union had asked for a delay until Dec. 20, saying that crews hired in the summer were not \
    yet trained. About 300 people gathered outside the town hall at 7 p.m. and left soon after. The port has lost a third \
    of its traffic over the past decade, and a report due this week is expected to blame the closure.\n\n";

fn times(criterion: &mut Criterion) {
    let rules = TimeRules::load(&Data::BuiltIn).expect("the built-in rules load");
    let published = "2024-03-06".parse().ok().map(|day| Published { day, basis: PublishedBasis::Given });
    let text = NEWS.repeat(100);
    let document = Document::of(&text);
    let mut group = criterion.benchmark_group("times");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("find and resolve news", |b| b.iter(|| find_times(&document, None, published, &rules)));
    let dates = "On 3 May 1914, 4 June, Friday and two days later ".repeat(1000);
    let dense = Document::of(&dates);
    group.throughput(Throughput::Bytes(dates.len() as u64));
    group.bench_function("find and resolve nothing but dates", |b| {
        b.iter(|| find_times(&dense, None, published, &rules))
    });
    group.finish();
    criterion.bench_function("load the time rules", |b| b.iter(|| TimeRules::load(&Data::BuiltIn)));
}

criterion_group!(benches, times);
criterion_main!(benches);
