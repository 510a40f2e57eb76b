//! From the words of a sentence to its tags, heads, labels and names.

use super::cells::{Cells, Direction};
use super::kernel::Kernel;
use super::layer::{Layer, Reader, Rows};
use super::maths::{dot, positive, sum, top_but};
use super::rows::{self, Table};
use super::shape::{AFFIXES, Shape};
use super::tree;
use crate::language::atoms::Atom;
use crate::language::names;

/// A trained network over its bytes.
#[derive(Clone, Debug, Default)]
pub struct Network<'a> {
    shape: Shape,
    words: Table<'a>,
    affixes: [Table<'a>; AFFIXES],
    root: Vec<f32>,
    scale: Vec<f32>,
    shift: Vec<f32>,
    layers: Vec<[Direction<'a>; 2]>,
    /// Scores of tags; heads; dependents; both as parts of labelled arcs; and parts of names.
    tags: Layer<'a>,
    head: Layer<'a>,
    dependent: Layer<'a>,
    label_head: Layer<'a>,
    label_dependent: Layer<'a>,
    name_hidden: Layer<'a>,
    /// What a dependent looks for in a head.
    pair: Layer<'a>,
    distance: Vec<f32>,
    labels: Layer<'a>,
    names: Layer<'a>,
    kernel: Option<Kernel>,
}

/// What is written of a network: sizes, lists of plain numbers, and layers, in the order of [`Network::read`].
pub struct Parts<'p> {
    /// Root, scale, shift, distances.
    pub lists: [&'p [f32]; 4],
    /// Own words and affixes.
    pub tables: Vec<&'p [f32]>,
    /// Matrices with what is added: for each layer and direction input and state, then tags, head, dependent, label head,
    /// label dependent, name, pair, labels, names.
    pub layers: Vec<(&'p [f32], Vec<f32>)>,
}

/// Most words that are read at once; longer sentences are read in pieces.
pub const LONGEST: usize = 128;

/// Sentences to analyse.
#[derive(Clone, Debug)]
pub struct Given<'s, R> {
    /// Words of each sentence, at most [`LONGEST`].
    pub lengths: &'s [usize],
    /// The words of all sentences.
    pub atoms: &'s [Atom],
    /// The row of each word in the table of words.
    pub rows: R,
    /// Class of the label of the root.
    pub root: u8,
}

/// Writes a network.
pub fn pack(shape: &Shape, parts: &Parts<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    shape.to_numbers().iter().for_each(|n| out.extend(n.to_le_bytes()));
    parts.tables.iter().for_each(|table| rows::pack(table, shape.width, &mut out));
    parts.lists.iter().flat_map(|list| list.iter()).for_each(|x| out.extend(x.to_le_bytes()));
    parts.layers.iter().for_each(|(weights, bias)| super::pack_layer(weights, bias, &mut out));
    out
}

/// Largest size that a network may have anywhere; more is damage.
const MOST: usize = 1 << 12;

impl<'a> Network<'a> {
    /// Reads what [`pack`] wrote; `None` if bytes are missing or sizes do not fit.
    pub fn read(bytes: &'a [u8]) -> Option<Network<'a>> {
        let mut reader = Reader(bytes);
        let mut next = || Some(reader.number()? as usize).filter(|&n| n > 0);
        let mut shape = Shape {
            width: next()?,
            cells: next()?,
            layers: next()?,
            arc: next()?,
            label: next()?,
            name: next()?,
            tags: next()?,
            labels: next()?,
            names: next()?,
            affixes: [0; AFFIXES],
        };
        for size in &mut shape.affixes {
            *size = next()?;
        }
        let Shape { width, cells, layers, arc, label, name, tags, labels, names, .. } = shape;
        let sizes = [width, cells, layers, arc, label, name, tags, labels, names];
        let fours = [width, cells, arc, label, name].iter().all(|n| n.is_multiple_of(16));
        if sizes.iter().any(|&n| n > MOST) || !fours || tags > 255 || labels > 255 || names != names::CLASSES {
            return None;
        }
        let words = Table::read(&mut reader, width)?;
        let mut affixes = [Table::default(); AFFIXES];
        for table in &mut affixes {
            *table = Table::read(&mut reader, width)?;
        }
        let root = reader.floats(width)?;
        let scale = reader.floats(width)?;
        let shift = reader.floats(width)?;
        let distance = reader.floats(Shape::DISTANCES)?;
        let mut network = Network {
            shape,
            words,
            affixes,
            root,
            scale,
            shift,
            distance,
            kernel: Some(Kernel::best()),
            ..Network::default()
        };
        for l in 0..layers {
            let inputs = if l == 0 { width } else { 2 * cells };
            let mut direction = || {
                let input = Layer::read(&mut reader, inputs, 4 * cells)?;
                Some(Direction { input, state: Layer::read(&mut reader, cells, 4 * cells)? })
            };
            network.layers.push([direction()?, direction()?]);
        }
        let out = 2 * cells;
        network.tags = Layer::read(&mut reader, out, tags)?;
        network.head = Layer::read(&mut reader, out, arc)?;
        network.dependent = Layer::read(&mut reader, out, arc)?;
        network.label_head = Layer::read(&mut reader, out, label)?;
        network.label_dependent = Layer::read(&mut reader, out, label)?;
        network.name_hidden = Layer::read(&mut reader, out, name)?;
        network.pair = Layer::read(&mut reader, arc, arc)?;
        network.labels = Layer::read(&mut reader, label, labels)?;
        network.names = Layer::read(&mut reader, name, names)?;
        Some(network)
    }

    /// The sizes.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The same network on other instructions; the answers are the same.
    pub fn with_kernel(self, kernel: Kernel) -> Network<'a> {
        Network { kernel: Some(kernel), ..self }
    }

    /// Tags, heads, labels and parts of names of some sentences.
    ///
    /// What is said of a sentence does not depend on the others; several at once take less time.
    pub fn analyse(&self, given: Given<'_, impl Iterator<Item = u32>>, desk: &mut Desk) {
        match self.kernel.filter(|kernel| kernel.works()).unwrap_or(Kernel::Plain) {
            Kernel::Plain => self.run(Kernel::Plain, given, desk),
            // SAFETY: the machine has the instructions. Everything between the products is compiled for them as well.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => unsafe { self.run_avx2(given, desk) },
            #[cfg(target_arch = "x86_64")]
            Kernel::Vnni => unsafe { self.run_avx512(given, desk) },
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn run_avx2(&self, given: Given<'_, impl Iterator<Item = u32>>, desk: &mut Desk) {
        self.run(Kernel::Avx2, given, desk);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
    fn run_avx512(&self, given: Given<'_, impl Iterator<Item = u32>>, desk: &mut Desk) {
        self.run(Kernel::Vnni, given, desk);
    }

    #[inline(always)]
    fn run(&self, kernel: Kernel, given: Given<'_, impl Iterator<Item = u32>>, desk: &mut Desk) {
        let Given { lengths, atoms, rows, root } = given;
        desk.sentences.clear();
        let mut start = 0;
        for length in lengths {
            desk.sentences.push((start, length + 1));
            start += length + 1;
        }
        // The longest first: whoever is still being read stands before whoever is not.
        desk.sentences.sort_by_key(|&(start, length)| (std::cmp::Reverse(length), start));
        self.describe(lengths, atoms, rows, desk);
        for (l, directions) in self.layers.iter().enumerate() {
            self.remember(kernel, l, directions, desk);
        }
        self.decide(kernel, lengths, root, desk);
    }

    /// The rows that describe the words by themselves, those of each sentence behind one for its root.
    #[inline(always)]
    fn describe(&self, lengths: &[usize], atoms: &[Atom], rows: impl Iterator<Item = u32>, desk: &mut Desk) {
        let width = self.shape.width;
        let places: usize = lengths.iter().map(|length| length + 1).sum();
        desk.x.clear();
        desk.x.resize(places * width, 0.0);
        let mut words = atoms.iter().zip(rows);
        let mut places = desk.x.chunks_exact_mut(width);
        for &length in lengths {
            let Some(root) = places.next() else { break };
            root.copy_from_slice(&self.root);
            for (x, (atom, row)) in (&mut places).take(length).zip(&mut words) {
                self.words.add(row, x);
                for (table, row) in self.affixes.iter().zip(self.shape.rows(atom)) {
                    table.add(row, x);
                }
            }
        }
        for x in desk.x.chunks_exact_mut(width) {
            let mean = sum(x.iter().copied()) / width as f32;
            x.iter_mut().for_each(|x| *x -= mean);
            let size = 1.0 / (sum(x.iter().map(|x| x * x)) / width as f32 + 1e-5).sqrt();
            x.iter_mut().zip(&self.scale).zip(&self.shift).for_each(|((x, a), b)| *x = *x * size * a + b);
        }
        desk.rows.fill(&desk.x, width);
    }

    /// One layer of memory cells, in both directions; what it says is added to what the layer below said.
    #[inline(always)]
    fn remember(&self, kernel: Kernel, number: usize, directions: &[Direction<'a>; 2], desk: &mut Desk) {
        let h = self.shape.cells;
        let places = desk.rows.sizes.len();
        desk.out.clear();
        desk.out.resize(places * 2 * h, 0.0);
        let longest = desk.sentences.first().map_or(0, |&(_, length)| length);
        for (side, direction) in directions.iter().enumerate() {
            direction.input.apply(kernel, &desk.rows, &mut desk.products, &mut desk.gates);
            desk.state.clear();
            desk.state.resize(desk.sentences.len() * h, 0);
            desk.memory.clear();
            desk.memory.resize(desk.sentences.len() * h, 0.0);
            desk.products.clear();
            desk.products.resize(desk.sentences.len() * 4 * h, 0);
            let mut reading = desk.sentences.len();
            for step in 0..longest {
                while desk.sentences[..reading].last().is_some_and(|&(_, length)| length <= step) {
                    reading -= 1;
                }
                if step > 0 {
                    direction.state.product(kernel, &desk.state[..reading * h], &mut desk.products[..reading * 4 * h]);
                }
                for (k, &(start, length)) in desk.sentences[..reading].iter().enumerate() {
                    let place = start + if side == 0 { step } else { length - 1 - step };
                    let cells = Cells {
                        products: &desk.products[k * 4 * h..][..4 * h],
                        steps: &direction.state.steps,
                        gates: &mut desk.gates[place * 4 * h..][..4 * h],
                        memory: &mut desk.memory[k * h..][..h],
                        state: &mut desk.state[k * h..][..h],
                        out: &mut desk.out[place * 2 * h + side * h..][..h],
                    };
                    cells.step();
                }
            }
        }
        if number > 0 {
            desk.out.iter_mut().zip(&desk.x).for_each(|(x, below)| *x += below);
        }
        std::mem::swap(&mut desk.x, &mut desk.out);
        desk.rows.fill(&desk.x, 2 * h);
    }

    #[inline(always)]
    fn decide(&self, kernel: Kernel, lengths: &[usize], root: u8, desk: &mut Desk) {
        let Shape { arc, label, tags, labels, names, .. } = self.shape;
        let Desk { rows, products, hidden, gates, out, scores, .. } = desk;
        // Tags.
        self.tags.apply(kernel, rows, products, gates);
        desk.tags.clear();
        for sentence in sentences(lengths, gates, self.tags.outputs()) {
            desk.tags.extend(sentence.skip(1).map(|row| top_but(&row[..tags], u8::MAX)));
        }
        // Names.
        self.name_hidden.apply(kernel, rows, products, gates);
        gates.iter_mut().for_each(|x| *x = positive(*x));
        hidden.fill(gates, self.name_hidden.outputs());
        self.names.apply(kernel, hidden, products, gates);
        desk.names.clear();
        for sentence in sentences(lengths, gates, self.names.outputs()) {
            names::best_path(sentence.skip(1).map(|row| &row[..names]), &mut desk.ways, &mut desk.names);
        }
        // Heads.
        self.head.apply(kernel, rows, products, out);
        out.iter_mut().for_each(|x| *x = positive(*x));
        self.dependent.apply(kernel, rows, products, gates);
        gates.iter_mut().for_each(|x| *x = positive(*x));
        hidden.fill(gates, arc);
        self.pair.apply(kernel, hidden, products, gates);
        desk.heads.clear();
        for ((sought, heads), &length) in sentences(lengths, gates, arc).zip(sentences(lengths, out, arc)).zip(lengths)
        {
            let places = length + 1;
            scores.clear();
            scores.resize(places * places, 0.0);
            for (d, (row, sought)) in scores.chunks_exact_mut(places).zip(sought).enumerate() {
                for (h, (score, head)) in row.iter_mut().zip(heads.clone()).enumerate() {
                    *score = dot(sought, head) + self.distance[Shape::distance(d, h)];
                }
            }
            tree::best(scores, length, &mut desk.tree, &mut desk.heads);
        }
        // Labels.
        self.label_head.apply(kernel, rows, products, out);
        self.label_dependent.apply(kernel, rows, products, gates);
        let mut start = 0;
        let mut below = desk.heads.iter();
        for &length in lengths {
            for (row, &head) in gates[(start + 1) * label..].chunks_exact_mut(label).take(length).zip(&mut below) {
                let head = &out[(start + head as usize) * label..][..label];
                row.iter_mut().zip(head).for_each(|(x, h)| *x = positive(*x + h));
            }
            start += length + 1;
        }
        hidden.fill(gates, label);
        self.labels.apply(kernel, hidden, products, gates);
        desk.labels.clear();
        for sentence in sentences(lengths, gates, self.labels.outputs()) {
            for row in sentence.skip(1) {
                // The label of the root is for it alone.
                let below_root = desk.heads.get(desk.labels.len()) == Some(&0);
                desk.labels.push(if below_root { root } else { top_but(&row[..labels], root) });
            }
        }
    }
}

/// The rows of each sentence, that of its root first.
fn sentences<'r>(
    lengths: &'r [usize],
    rows: &'r [f32],
    width: usize,
) -> impl Iterator<Item = std::slice::ChunksExact<'r, f32>> {
    let mut start = 0;
    lengths.iter().map(move |length| {
        let from = start;
        start += (length + 1) * width;
        rows[from..start].chunks_exact(width)
    })
}

/// Room for some sentences after others, and the answers for the last ones.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// First place and places of each sentence.
    sentences: Vec<(usize, usize)>,
    x: Vec<f32>,
    out: Vec<f32>,
    gates: Vec<f32>,
    memory: Vec<f32>,
    state: Vec<i8>,
    products: Vec<i32>,
    rows: Rows,
    hidden: Rows,
    scores: Vec<f32>,
    tree: tree::Desk,
    ways: Vec<u8>,
    /// Class of the tagger of each word.
    pub tags: Vec<u8>,
    /// Head of each word: 0 for the root, words count from 1.
    pub heads: Vec<u32>,
    /// Class of the labeller of each word.
    pub labels: Vec<u8>,
    /// Class of the name tagger of each word.
    pub names: Vec<u8>,
}
