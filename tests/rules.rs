//! Every example and every reject under `data/` is one named test.
//!
//! An example must give exactly the expression it names; a reject must not be touched by its rule. Another kind of rules
//! joins by pushing its own trials in `main`.

use dateline::extract::times::{Times, find_times};
use dateline::extract::{Engine, Lexicon};
use dateline::language::Model;
use dateline::lexicon::{Data, EventExample, EventRule, TimeExample, TimeRule, TimeRules};
use dateline::model::{Article, Published, PublishedBasis, Role};
use dateline::text::Document;
use libtest_mimic::{Arguments, Failed, Trial};
use std::sync::Arc;

fn main() {
    let args = Arguments::from_args();
    let mut trials = Vec::new();
    time_rules(&mut trials);
    event_rules(&mut trials);
    libtest_mimic::run(&args, trials).exit();
}

fn time_rules(trials: &mut Vec<Trial>) {
    let rules = match TimeRules::load(&Data::BuiltIn) {
        Ok(rules) => Arc::new(rules),
        Err(error) => {
            trials.push(Trial::test("data/time loads", move || Err(Failed::from(error.to_string()))));
            return;
        }
    };
    for (number, rule) in rules.rules().iter().enumerate() {
        for (what, list) in [("example", &rule.examples), ("reject", &rule.rejects)] {
            for (i, example) in list.iter().enumerate() {
                let name = format!("{}:{} {} {what} {}", rule.file, example.line, rule.name, i + 1);
                let (rules, example) = (Arc::clone(&rules), example.clone());
                trials.push(Trial::test(name, move || {
                    let rule = &rules.rules()[number];
                    if what == "example" { understands(&rules, rule, &example) } else { leaves(&rules, rule, &example) }
                }));
            }
        }
    }
}

fn find(rules: &TimeRules, example: &TimeExample) -> Times {
    let published = example
        .dct
        .as_ref()
        .map(|d| Published { day: d.parse().unwrap_or_else(|e| panic!("dct: {e}")), basis: PublishedBasis::Given });
    find_times(&Document::of(&example.text), None, published, rules)
}

fn show(text: &str, found: &Times) -> String {
    let one = |t: &dateline::model::Timex| {
        let modifier = t.modifier.map_or(String::new(), |m| format!(" mod {m}"));
        let edtf = t.edtf.as_ref().map_or(String::new(), |e| format!(" edtf {e}"));
        format!("\"{}\" {} {}{modifier}{edtf} by {}", t.span.of(text), t.kind, t.value, t.rule)
    };
    let all: Vec<String> = found.times.iter().map(one).collect();
    if all.is_empty() { "nothing".into() } else { all.join("; ") }
}

fn understands(rules: &TimeRules, rule: &TimeRule, example: &TimeExample) -> Result<(), Failed> {
    let found = find(rules, example);
    let start = example.text.find(&example.span).unwrap_or(0);
    let end = start + example.span.len();
    let good = if example.value == "none" {
        !found.times.iter().any(|t| (t.span.start as usize) < end && start < t.span.end as usize)
    } else {
        found.times.iter().any(|t| {
            t.span.of(&example.text) == example.span
                && t.value == example.value
                && example.kind.as_ref().is_none_or(|k| t.kind.as_str() == k)
                && example.modifier.as_ref().is_none_or(|m| t.modifier.is_some_and(|x| x.as_str() == m))
                && example.edtf.as_ref().is_none_or(|e| t.edtf.as_ref() == Some(e))
        })
    };
    if good {
        return Ok(());
    }
    Err(format!(
        "{}:{}\n  text:     {}\n  expected: \"{}\" {}{}{}\n  got:      {}",
        rule.file,
        example.line,
        example.text,
        example.span,
        example.value,
        example.modifier.as_ref().map_or(String::new(), |m| format!(" mod {m}")),
        example.edtf.as_ref().map_or(String::new(), |e| format!(" edtf {e}")),
        show(&example.text, &found)
    )
    .into())
}

fn leaves(rules: &TimeRules, rule: &TimeRule, example: &TimeExample) -> Result<(), Failed> {
    let found = find(rules, example);
    if found.times.iter().all(|t| t.rule != rule.name) {
        return Ok(());
    }
    Err(format!(
        "{}:{}\n  text:     {}\n  expected: nothing by {}\n  got:      {}",
        rule.file,
        example.line,
        example.text,
        rule.name,
        show(&example.text, &found)
    )
    .into())
}

fn event_rules(trials: &mut Vec<Trial>) {
    let engine = match Lexicon::load(&Data::BuiltIn) {
        Ok(lexicon) => Arc::new(Engine::new(lexicon, Model::embedded())),
        Err(error) => {
            trials.push(Trial::test("data/events loads", move || Err(Failed::from(error.to_string()))));
            return;
        }
    };
    for rule in engine.lexicon().events.rules() {
        for (i, example) in rule.examples.iter().enumerate() {
            let (engine, rule, example) = (Arc::clone(&engine), rule.clone(), example.clone());
            let name = format!("{} {} example {}", rule.origin, rule.name, i + 1);
            trials.push(Trial::test(name, move || event_is_found(&engine, &rule, &example)));
        }
        for (i, text) in rule.rejects.iter().enumerate() {
            let (engine, rule, text) = (Arc::clone(&engine), rule.clone(), text.clone());
            let name = format!("{} {} reject {}", rule.origin, rule.name, i + 1);
            trials.push(Trial::test(name, move || event_is_not_found(&engine, &rule, &text)));
        }
    }
}

/// The events of a sentence, a line each, and whether one is what was asked for.
fn events(engine: &Engine, text: &str, fits: impl Fn(&str, &str, &[(Role, &str)]) -> bool) -> (bool, String) {
    let analysis = engine.analyse(&Article::from_text(text));
    let (mut found, mut lines) = (false, String::new());
    for event in &analysis.events {
        let rule = event.reasons.iter().find(|r| r.field == "type").map_or("", |r| r.rule.as_str());
        let trigger = event.trigger.span.of(text);
        let who: Vec<(Role, &str)> = event.participants.iter().map(|p| (p.role, p.span.of(text))).collect();
        found |= fits(rule, trigger, &who);
        let who: Vec<String> = who.iter().map(|(role, words)| format!("{role} {words}")).collect();
        lines.push_str(&format!("\n            \"{trigger}\" by {rule}: {}", who.join("; ")));
    }
    (found, lines)
}

fn event_is_found(engine: &Engine, rule: &EventRule, example: &EventExample) -> Result<(), Failed> {
    let holds = |who: &[(Role, &str)], role: Role, asked: &Option<String>| {
        asked.as_ref().is_none_or(|asked| who.iter().any(|(r, words)| *r == role && words.contains(asked.as_str())))
    };
    let (found, lines) = events(engine, &example.text, |name, trigger, who| {
        name == rule.name
            && trigger == example.trigger
            && holds(who, Role::Agent, &example.agent)
            && holds(who, Role::Patient, &example.patient)
    });
    if found {
        return Ok(());
    }
    let part = |role: &str, asked: &Option<String>| asked.as_ref().map_or(String::new(), |a| format!(", {role} {a}"));
    Err(format!(
        "{}\n  text:     {}\n  expected: \"{}\" by {}{}{}\n  got:      {}",
        rule.origin,
        example.text,
        example.trigger,
        rule.name,
        part("agent", &example.agent),
        part("patient", &example.patient),
        if lines.is_empty() { "nothing" } else { &lines }
    )
    .into())
}

fn event_is_not_found(engine: &Engine, rule: &EventRule, text: &str) -> Result<(), Failed> {
    let (found, lines) = events(engine, text, |name, _, _| name == rule.name);
    if !found {
        return Ok(());
    }
    Err(format!("{}\n  text:     {text}\n  expected: nothing by {}\n  got:      {lines}", rule.origin, rule.name)
        .into())
}
