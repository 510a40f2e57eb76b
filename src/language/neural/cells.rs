//! Memory cells.

use super::layer::{Layer, step_of};
use super::maths::{sigmoid, tanh};

/// One direction of a layer of memory cells.
#[derive(Clone, Debug, Default)]
pub struct Direction<'a> {
    pub input: Layer<'a>,
    pub state: Layer<'a>,
}

/// The memory cells of one direction at one word.
pub struct Cells<'c> {
    /// What the state before gives each gate.
    pub products: &'c [i32],
    /// The size of one step of it.
    pub steps: &'c [f32],
    /// Input, forget and output gate and new value, before they are squeezed.
    pub gates: &'c mut [f32],
    /// What the cells remember.
    pub memory: &'c mut [f32],
    /// What they say, as whole numbers.
    pub state: &'c mut [i8],
    /// What they say.
    pub out: &'c mut [f32],
}

impl Cells<'_> {
    /// Goes on by one word.
    #[inline(always)]
    pub fn step(self) {
        let h = self.memory.len();
        for ((gate, &product), &step) in self.gates.iter_mut().zip(self.products).zip(self.steps) {
            *gate += product as f32 * (step * (1.0 / 127.0));
        }
        let (input, rest) = self.gates.split_at(h);
        let (forget, rest) = rest.split_at(h);
        let (show, value) = rest.split_at(h);
        let cells = self.memory.iter_mut().zip(self.out).zip(self.state);
        for (((((memory, out), state), input), forget), (show, value)) in
            cells.zip(input).zip(forget).zip(show.iter().zip(value))
        {
            *memory = sigmoid(*forget) * *memory + sigmoid(*input) * tanh(*value);
            *out = sigmoid(*show) * tanh(*memory);
            *state = step_of(*out);
        }
    }
}
