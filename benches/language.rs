//! Words a second of each stage of the language room, on one core.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::language::neural::kernel::Kernel;
use dateline::language::{Model, Parser, conllu};
use dateline::text::Document;

const NEWS: &str = "\
GENEVA (Reuters) - Ministers of the two countries met in Geneva on Monday for a second round of talks, but left without \
signing the agreement that mediators had announced a day earlier.\n\
“We’re not there yet,” Foreign Minister Elena Markova told reporters after the meeting, which lasted more than six hours. \
She said that both sides had agreed to exchange 120 prisoners by the end of the month and wouldn't rule out a summit.\n\
The U.S. State Department, which had sent an envoy, welcomed the exchange. Shares of Northern Gas Corp. rose 3.5% to \
$41.20 in early trading, while a spokesman for the rebels, Col. James T. Okafor, accused the government of shelling a \
market in the border town of Sel, where at least 14 people were killed last Friday, according to the United Nations.\n";

fn stages(c: &mut Criterion) {
    let text = NEWS.repeat(50);
    let document = Document::of(&text);
    let model = Model::embedded();
    let sentences: Vec<Vec<&str>> =
        document.sentences.iter().map(|s| s.tokens.clone().map(|i| document.word(i)).collect()).collect();
    let syntax = model.parse(&document);
    let mut group = c.benchmark_group("language");
    group.throughput(Throughput::Elements(document.tokens.len() as u64)).sample_size(20);
    group.bench_function("tokens and sentences", |b| b.iter(|| Document::of(black_box(&text))));
    // The network by itself, with each kind of instructions.
    for kernel in Kernel::all() {
        let model = model.clone().with_kernel(kernel);
        let name = format!("tags, heads, labels, lemmas, names of sentences, {kernel:?}");
        group.bench_function(name, |b| b.iter(|| model.sentences(black_box(sentences.clone()))));
    }
    group.bench_function("tags, heads, labels, lemmas, names", |b| b.iter(|| model.parse(black_box(&document))));
    group.bench_function("text to syntax", |b| b.iter(|| model.parse(&Document::of(black_box(&text)))));
    group.bench_function("CoNLL-U", |b| b.iter(|| conllu::write(&document, black_box(&syntax), None)));
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
