//! The `value` of a rule: a small expression, read once into a typed tree and filled in at each match.

use std::sync::Arc;

use super::ops::{CONSTANTS, OPS, Op};
use crate::time::{Amount, Clock, DayPart, Duration, Holiday, Season, Term, Unit};

/// The type of a slot or an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ty {
    /// A whole number: a year, a day, a month, a weekday.
    Int,
    /// How many, perhaps a fraction, perhaps unknown. A whole number is one.
    Amount,
    /// A unit of time.
    Unit,
    /// A season.
    Season,
    /// A part of the day.
    Part,
    /// A time of day.
    Clock,
    /// A feast.
    Holiday,
    /// A length of time. It is a term, too.
    Duration,
    /// A term of the calendar algebra.
    Term,
    /// No value: the words only have to be there.
    Word,
}

impl Ty {
    pub const fn name(self) -> &'static str {
        match self {
            Ty::Int => "int",
            Ty::Amount => "amount",
            Ty::Unit => "unit",
            Ty::Season => "season",
            Ty::Part => "part",
            Ty::Clock => "clock",
            Ty::Holiday => "holiday",
            Ty::Duration => "duration",
            Ty::Term => "term",
            Ty::Word => "word",
        }
    }

    pub fn of_name(name: &str) -> Option<Ty> {
        const ALL: [Ty; 10] = [
            Ty::Int,
            Ty::Amount,
            Ty::Unit,
            Ty::Season,
            Ty::Part,
            Ty::Clock,
            Ty::Holiday,
            Ty::Duration,
            Ty::Term,
            Ty::Word,
        ];
        ALL.into_iter().find(|t| t.name() == name)
    }

    /// Whether a value of this type will do where the other is wanted.
    pub fn fits(self, wanted: Ty) -> bool {
        self == wanted
            || matches!((self, wanted), (Ty::Int, Ty::Amount) | (Ty::Duration, Ty::Term) | (Ty::Part, Ty::Clock))
    }
}

/// A value at run time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Int(i32),
    Amount(Amount),
    Unit(Unit),
    Season(Season),
    Part(DayPart),
    Clock(Clock),
    Holiday(Arc<Holiday>),
    Duration(Duration),
    Term(Term),
    Word,
}

impl Value {
    pub const fn int(&self) -> Option<i32> {
        match self {
            Value::Int(n) => Some(*n),
            _ => None,
        }
    }

    pub fn amount(&self) -> Option<Amount> {
        match self {
            Value::Int(n) => Amount::whole(u32::try_from(*n).ok()?),
            Value::Amount(a) => Some(*a),
            _ => None,
        }
    }

    pub const fn unit(&self) -> Option<Unit> {
        match self {
            Value::Unit(u) => Some(*u),
            _ => None,
        }
    }

    pub const fn clock(&self) -> Option<Clock> {
        match self {
            Value::Clock(c) => Some(*c),
            Value::Part(p) => Some(Clock::Part(*p)),
            _ => None,
        }
    }

    pub fn duration(self) -> Option<Duration> {
        match self {
            Value::Duration(d) => Some(d),
            _ => None,
        }
    }

    pub fn term(self) -> Option<Term> {
        match self {
            Value::Term(t) => Some(t),
            Value::Duration(d) => Some(Term::Duration(d)),
            _ => None,
        }
    }
}

/// An expression over the slots of a rule.
#[derive(Clone, Debug)]
pub enum Template {
    /// The value of the n-th slot of the rule.
    Slot(usize),
    /// A fixed value.
    Const(Value),
    /// An operation of the algebra.
    Op(Op, Vec<Template>),
}

impl Template {
    /// Fills in the slots. `None` if the values make no sense together, such as hour 31.
    pub fn fill(&self, slots: &[Value]) -> Option<Value> {
        match self {
            Template::Slot(n) => slots.get(*n).cloned(),
            Template::Const(value) => Some(value.clone()),
            Template::Op(op, args) => {
                let mut values = [Value::Word, Value::Word, Value::Word];
                for (value, arg) in values.iter_mut().zip(args) {
                    *value = arg.fill(slots)?;
                }
                let [a, b, c] = values;
                op.apply(a, b, c)
            }
        }
    }

    /// For a range `A.to(B)`: the slots that only A and only B uses.
    pub fn ends(&self) -> Option<(Vec<usize>, Vec<usize>)> {
        let Template::Op(Op::To, args) = self else { return None };
        let (mut a, mut b) = (Vec::new(), Vec::new());
        args.first()?.slots(&mut a);
        args.get(1)?.slots(&mut b);
        let only = |x: &[usize], y: &[usize]| x.iter().copied().filter(|s| !y.contains(s)).collect::<Vec<_>>();
        let (first, second) = (only(&a, &b), only(&b, &a));
        // The second end may be told by a part of its own only: "1914-18" takes its century from the first.
        (!second.is_empty()).then_some((if first.is_empty() { a } else { first }, second))
    }

    /// The slots that the expression uses.
    pub fn slots(&self, out: &mut Vec<usize>) {
        match self {
            Template::Slot(n) => out.push(*n),
            Template::Const(_) => {}
            Template::Op(_, args) => args.iter().for_each(|a| a.slots(out)),
        }
    }
}

/// Reads an expression. `slots` are the names of the rule's slots with their types. The error says what is wrong.
pub fn parse(text: &str, slots: &[(String, Ty)]) -> Result<(Template, Ty), String> {
    let mut parser = Parser { rest: text, slots, depth: 0 };
    let found = parser.expression()?;
    parser.space();
    if parser.rest.is_empty() { Ok(found) } else { Err(format!("\"{}\" was not expected here", parser.rest)) }
}

struct Parser<'a> {
    rest: &'a str,
    slots: &'a [(String, Ty)],
    depth: usize,
}

impl Parser<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, c: char) -> bool {
        self.space();
        self.rest.strip_prefix(c).map(|rest| self.rest = rest).is_some()
    }

    fn expect(&mut self, c: char) -> Result<(), String> {
        if self.eat(c) { Ok(()) } else { Err(format!("'{c}' is missing before \"{}\"", self.rest)) }
    }

    fn word(&mut self) -> Option<String> {
        self.space();
        let len = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(len);
        self.rest = rest;
        (len > 0).then(|| word.to_owned())
    }

    fn expression(&mut self) -> Result<(Template, Ty), String> {
        self.depth += 1;
        if self.depth > 20 {
            return Err("the expression is nested too deeply".into());
        }
        let mut found = self.atom()?;
        while self.eat('.') {
            let name = self.word().ok_or("a method name is missing after '.'")?;
            let args = self.arguments()?;
            found = call(&format!(".{name}"), std::iter::once(found).chain(args).collect())?;
        }
        self.depth -= 1;
        Ok(found)
    }

    fn arguments(&mut self) -> Result<Vec<(Template, Ty)>, String> {
        self.expect('(')?;
        let mut args = Vec::new();
        if !self.eat(')') {
            loop {
                args.push(self.expression()?);
                if self.eat(')') {
                    break;
                }
                self.expect(',')?;
            }
        }
        Ok(args)
    }

    fn atom(&mut self) -> Result<(Template, Ty), String> {
        if self.eat('<') {
            let end = self.rest.find('>').ok_or("'>' is missing")?;
            let (name, rest) = self.rest.split_at(end);
            self.rest = &rest[1..];
            let at = self.slots.iter().position(|s| s.0 == name);
            let at = at.ok_or_else(|| format!("the value uses <{name}>, but the pattern has no such slot"))?;
            return Ok((Template::Slot(at), self.slots[at].1));
        }
        let word =
            self.word().ok_or_else(|| format!("a name, number or <slot> is missing before \"{}\"", self.rest))?;
        if let Ok(number) = word.parse::<i32>() {
            return Ok((Template::Const(Value::Int(number)), Ty::Int));
        }
        self.space();
        if self.rest.starts_with('(') {
            let args = self.arguments()?;
            return call(&word, args);
        }
        if let Ok(unit) = word.parse::<Unit>() {
            return Ok((Template::Const(Value::Unit(unit)), Ty::Unit));
        }
        if let Ok(part) = word.parse::<DayPart>() {
            return Ok((Template::Const(Value::Part(part)), Ty::Part));
        }
        if let Ok(season) = word.parse::<Season>() {
            return Ok((Template::Const(Value::Season(season)), Ty::Season));
        }
        let known = CONSTANTS.iter().find(|c| c.0 == word);
        known.map(|c| (Template::Const((c.2)()), c.1)).ok_or_else(|| {
            let names: Vec<&str> = CONSTANTS.iter().map(|c| c.0).collect();
            format!(
                "\"{word}\" means nothing here; known words: units, parts of the day, seasons, {}",
                names.join(", ")
            )
        })
    }
}

fn call(name: &str, args: Vec<(Template, Ty)>) -> Result<(Template, Ty), String> {
    let same_name: Vec<_> = OPS.iter().filter(|o| o.0 == name).collect();
    if same_name.is_empty() {
        let method = name.starts_with('.');
        let names: Vec<&str> = OPS.iter().map(|o| o.0).filter(|n| n.starts_with('.') == method).collect();
        return Err(format!("there is no operation \"{name}\"; known: {}", names.join(", ")));
    }
    let fits = |wanted: &[Ty]| wanted.len() == args.len() && wanted.iter().zip(&args).all(|(w, (_, t))| t.fits(*w));
    match same_name.iter().find(|o| fits(o.1)) {
        Some((_, _, result, op)) => Ok((Template::Op(*op, args.into_iter().map(|a| a.0).collect()), *result)),
        None => {
            let show = |types: Vec<Ty>| types.iter().map(|t| t.name()).collect::<Vec<_>>().join(", ");
            let wanted: Vec<String> = same_name.iter().map(|o| format!("({})", show(o.1.to_vec()))).collect();
            let got = show(args.iter().map(|a| a.1).collect());
            Err(format!("\"{name}\" takes {}, not ({got})", wanted.join(" or ")))
        }
    }
}
