//! Averaged perceptrons over hashed features.

use dateline::language::linear::CLASSES;

/// Classes that a slot holds itself.
const INLINE: usize = 11;
/// Marks a slot whose classes lie in the spill.
const SPILLED: u8 = u8::MAX;

/// The weights of one feature, in one cache line.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Slot {
    /// 0 for a free slot.
    key: u64,
    weights: [f32; INLINE],
    classes: [u8; INLINE],
    count: u8,
}

const FREE: Slot = Slot { key: 0, weights: [0.0; INLINE], classes: [0; INLINE], count: 0 };

/// What averages need, apart from the slots because scores do not need it.
#[derive(Clone, Copy, Default)]
struct Past {
    /// Sum of the weight over all steps up to `step`.
    total: f64,
    step: u32,
}

#[derive(Clone, Copy)]
struct Spilled {
    class: u8,
    weight: f32,
    past: Past,
}

/// Features with their averaged weights, by key.
pub type Weights = Vec<(u64, Vec<(u8, f32)>)>;

/// A perceptron in training.
pub struct Perceptron {
    slots: Vec<Slot>,
    past: Vec<[Past; INLINE]>,
    updates: Vec<u32>,
    spill: Vec<Vec<Spilled>>,
    used: usize,
    step: u32,
    /// No new features and classes are taken in.
    closed: bool,
}

impl Default for Perceptron {
    fn default() -> Perceptron {
        Perceptron::sized(1 << 16)
    }
}

fn raise(weight: &mut f32, past: &mut Past, step: u32, by: f32) {
    past.total += f64::from(*weight) * f64::from(step - past.step);
    past.step = step;
    *weight += by;
}

impl Perceptron {
    fn sized(slots: usize) -> Perceptron {
        Perceptron {
            slots: vec![FREE; slots],
            past: vec![[Past::default(); INLINE]; slots],
            updates: vec![0; slots],
            spill: Vec::new(),
            used: 0,
            step: 0,
            closed: false,
        }
    }

    /// A perceptron that knows these features and classes and takes in no others; their weights start at zero.
    pub fn limited(chosen: &Weights) -> Perceptron {
        let mut learner = Perceptron::sized((chosen.len() * 2).next_power_of_two());
        for (key, list) in chosen {
            let at = learner.place(*key);
            learner.slots[at].key = *key;
            learner.updates[at] = 1;
            learner.used += 1;
            for &(class, _) in list {
                learner.add(at, class, 0.0);
            }
        }
        learner.closed = true;
        learner
    }

    /// Where a key stands or would stand.
    fn place(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key >> 20) as usize & mask;
        while self.slots[at].key != key && self.slots[at].key != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    pub fn score(&self, keys: &[u64], scores: &mut [f32; CLASSES]) {
        for &key in keys {
            let slot = &self.slots[self.place(key)];
            if slot.count == SPILLED {
                for entry in &self.spill[slot.weights[0].to_bits() as usize] {
                    scores[usize::from(entry.class)] += entry.weight;
                }
            } else {
                for k in 0..usize::from(slot.count) {
                    scores[usize::from(slot.classes[k])] += slot.weights[k];
                }
            }
        }
    }

    /// Counts one decision; without it averages do not move.
    pub fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves the weights of the features towards `right` and away from `wrong`.
    pub fn update(&mut self, keys: &[u64], right: u8, wrong: u8) {
        for &key in keys {
            let mut at = self.place(key);
            if self.slots[at].key == 0 {
                if self.closed {
                    continue;
                }
                if self.used * 5 > self.slots.len() * 3 {
                    self.grow();
                    at = self.place(key);
                }
                self.slots[at].key = key;
                self.used += 1;
            }
            self.updates[at] += 1;
            self.add(at, right, 1.0);
            self.add(at, wrong, -1.0);
        }
    }

    fn add(&mut self, at: usize, class: u8, by: f32) {
        let (slot, step) = (&mut self.slots[at], self.step);
        if slot.count == SPILLED {
            let list = &mut self.spill[slot.weights[0].to_bits() as usize];
            match list.iter_mut().find(|e| e.class == class) {
                Some(entry) => raise(&mut entry.weight, &mut entry.past, step, by),
                None if self.closed => {}
                None => list.push(Spilled { class, weight: by, past: Past { total: 0.0, step } }),
            }
            return;
        }
        let count = usize::from(slot.count);
        if let Some(k) = slot.classes[..count].iter().position(|&c| c == class) {
            raise(&mut slot.weights[k], &mut self.past[at][k], step, by);
        } else if self.closed {
        } else if count < INLINE {
            slot.classes[count] = class;
            slot.weights[count] = by;
            slot.count += 1;
            self.past[at][count] = Past { total: 0.0, step };
        } else {
            let mut list: Vec<Spilled> = (0..INLINE)
                .map(|k| Spilled { class: slot.classes[k], weight: slot.weights[k], past: self.past[at][k] })
                .collect();
            list.push(Spilled { class, weight: by, past: Past { total: 0.0, step } });
            slot.count = SPILLED;
            slot.weights[0] = f32::from_bits(self.spill.len() as u32);
            self.spill.push(list);
        }
    }

    fn grow(&mut self) {
        let mut wide = Perceptron::sized(self.slots.len() * 2);
        for (at, slot) in self.slots.iter().enumerate().filter(|(_, slot)| slot.key != 0) {
            let to = wide.place(slot.key);
            (wide.slots[to], wide.past[to], wide.updates[to]) = (*slot, self.past[at], self.updates[at]);
        }
        (self.slots, self.past, self.updates) = (wide.slots, wide.past, wide.updates);
    }

    /// The averages of the features that were updated at least `least` times, sorted by key.
    pub fn averages(&self, least: u32) -> Weights {
        let mean = |class: u8, weight: f32, past: Past| {
            let total = past.total + f64::from(weight) * f64::from(self.step - past.step);
            (class, (total / f64::from(self.step.max(1))) as f32)
        };
        let mut out: Weights = Vec::new();
        for (at, slot) in self.slots.iter().enumerate() {
            if slot.key == 0 || self.updates[at] < least {
                continue;
            }
            let all: Vec<(u8, f32)> = if slot.count == SPILLED {
                let list = &self.spill[slot.weights[0].to_bits() as usize];
                list.iter().map(|e| mean(e.class, e.weight, e.past)).collect()
            } else {
                (0..usize::from(slot.count)).map(|k| mean(slot.classes[k], slot.weights[k], self.past[at][k])).collect()
            };
            let mut weights: Vec<(u8, f32)> = all.into_iter().filter(|(_, w)| *w != 0.0).collect();
            weights.sort_by_key(|(class, _)| *class);
            if !weights.is_empty() {
                out.push((slot.key, weights));
            }
        }
        out.sort_by_key(|(key, _)| *key);
        out
    }
}

/// Random numbers, the same on each run.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % limit.max(1) as u64) as usize
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
