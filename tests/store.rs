//! The database on real files: what goes in comes out, once, and keeps its ids.

mod common;

use common::*;
use dateline::model::*;
use dateline::store::{Fault, Saved, Store, StoreError};

#[test]
fn what_goes_in_comes_out() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let story = kyiv();
    let saved = Store::open(&path).unwrap().save(&story.article, &story.analysis, &saving()).unwrap();
    assert_eq!(saved, Saved::New { article: ArticleId(1), events: 3, new_events: 3 });
    assert_sound(&path);

    let store = Store::open_to_read(&path).unwrap();
    let found = entries(&store, &Filter { evidence: None, ..Filter::default() });
    assert_eq!(found.len(), 3);
    let talk = &found[0];
    assert_eq!(talk.interval, on("2025-12-22"));
    assert_eq!((talk.event_type, talk.mode.as_deref()), (EventType::Statement, Some("press-conference")));
    assert_eq!(talk.contexts, [Context::Diplomatic, Context::Military]);
    assert!(talk.inferred && !talk.approximate);
    assert_eq!(talk.actors.len(), 1);
    assert_eq!((talk.actors[0].name.as_str(), talk.actors[0].role), ("Volodymyr Zelenskyy", Role::Agent));
    assert_eq!((talk.actors[0].country, talk.actors[0].sector), (country("UKR"), Some(Sector::Government)));
    assert_eq!(talk.place.as_ref().map(|p| (p.name.as_str(), p.country)), Some(("Kyiv", country("UKR"))));
    assert_eq!(talk.action, "press conference");
    assert_eq!((talk.mentions, talk.articles, talk.sources), (1, 1, 1));
    let proof = &talk.evidence[0];
    assert_eq!(proof.date_text.as_deref(), Some("December 22"));
    assert_eq!(proof.trigger, "press conference");
    assert_eq!(proof.source.as_deref(), Some("Example News"));
    assert_eq!(proof.published, story.article.published);
    assert!(proof.sentence.starts_with("On December 22") && proof.sentence.ends_with("Kyiv."));

    let capture = &found[1];
    assert_eq!(capture.interval, Interval::until(day("2025-12-23")));
    assert_eq!(capture.evidence[0].attribution.as_deref(), Some("He"));
    assert_eq!(capture.counts[0].1, "13");
    assert!((capture.confidence - 0.7).abs() < 1e-9);
    assert_eq!(store.entry(capture.id).unwrap(), *capture);
    store
        .for_each_entry::<StoreError>(&Filter::default(), &mut |entry| {
            assert_eq!(store.explain(entry.id)?.entry, entry, "a reading within a reading");
            Ok(std::ops::ControlFlow::Continue(()))
        })
        .unwrap();

    let why = store.explain(talk.id).unwrap();
    assert_eq!(why.entry, *talk);
    assert_eq!(why.mentions[0].times[0].words.text, "December 22");
    assert_eq!(why.mentions[0].times[0].rule, "test-time");
    assert_eq!(why.mentions[0].participants[0].1.text, "Zelenskyy");
    assert_eq!(why.mentions[0].reasons[0].1, "test-event");
    assert_eq!(why.mentions[0].place.as_ref().unwrap().0.text, "Kyiv");

    let stats = store.stats().unwrap();
    assert_eq!((stats.articles, stats.events, stats.mentions, stats.sentences), (1, 3, 3, 3));
    assert_eq!(stats.types.iter().map(|t| t.1).sum::<u64>(), 3);
    assert_eq!(store.actors(None).unwrap().len(), 3);
    assert_eq!(store.actors(Some("ZELENSKY")).unwrap()[0].aliases, ["Ukrainian President", "Zelensky", "Zelenskyy"]);
    assert_eq!(store.places(None).unwrap().len(), 2);
    assert_eq!(store.articles().unwrap()[0].events, 3);
    assert!(matches!(store.entry(EventId(99)), Err(StoreError { fault: Fault::NoEvent(EventId(99)), .. })));
}

#[test]
fn saving_twice_is_saving_once() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let story = kyiv();
    let mut store = Store::open(&path).unwrap();
    store.save(&story.article, &story.analysis, &saving()).unwrap();
    let before = dump(&path);
    assert_eq!(store.save(&story.article, &story.analysis, &saving()).unwrap(), Saved::Unchanged(ArticleId(1)));
    assert_eq!(dump(&path), before);
    let replaced = store.save(&story.article, &story.analysis, &updating()).unwrap();
    assert_eq!(replaced, Saved::Replaced { article: ArticleId(1), events: 3, new_events: 0 });
    assert_eq!(dump(&path), before, "the same analysis again changes no row");
    assert_sound(&path);
}

#[test]
fn an_article_is_known_by_its_words_and_where_they_stood() {
    let dir = folder();
    let mut store = Store::open(&dir.path().join("a.db")).unwrap();
    let story = kyiv();
    store.save(&story.article, &story.analysis, &saving()).unwrap();
    let known = |a: &Article| store.find_article(a).unwrap();
    assert_eq!(known(&story.article), Some(ArticleId(1)));
    let untold = Article { source: None, title: None, published: None, ..story.article.clone() };
    assert_eq!(known(&untold), Some(ArticleId(1)));
    let with_url = Article { url: Some("https://a.example/1".into()), ..story.article.clone() };
    assert_eq!(known(&with_url), Some(ArticleId(1)));
    let elsewhere = Article { source: Some("Another Outlet".into()), ..story.article.clone() };
    assert_eq!(known(&elsewhere), None);
    let edited = Article { text: format!("{} ", story.article.text), ..story.article.clone() };
    assert_eq!(known(&edited), None);
}

#[test]
fn events_keep_their_ids_when_the_article_is_analysed_again() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    let story = kyiv();
    store.save(&story.article, &story.analysis, &saving()).unwrap();
    let ids = |store: &Store| {
        let mut ids: Vec<(String, i64)> =
            entries(store, &Filter::default()).into_iter().map(|e| (e.action, e.id.0)).collect();
        ids.sort();
        ids
    };
    let before = ids(&store);

    // A better analysis: one more event comes first, one goes, one has a new date and type.
    let mut better = kyiv();
    better.analysis.events.remove(2);
    better.analysis.events[1].when.interval = on("2025-12-21");
    better.analysis.events[1].when.basis = Basis::Anchored;
    better.event("spoke", EventType::Other, on("2025-12-22"));
    better.analysis.events.rotate_right(1);
    for (i, e) in better.analysis.events.iter_mut().enumerate() {
        e.cluster = i;
    }
    let saved = store.save(&better.article, &better.analysis, &updating()).unwrap();
    assert_eq!(saved, Saved::Replaced { article: ArticleId(1), events: 3, new_events: 1 });
    let after = ids(&store);
    let id = |list: &[(String, i64)], name: &str| list.iter().find(|(n, _)| n == name).map(|(_, id)| *id);
    assert_eq!(id(&after, "captured"), id(&before, "captured"));
    assert_eq!(id(&after, "press conference"), id(&before, "press conference"));
    assert_eq!(id(&after, "briefed"), None);
    assert!(id(&after, "spoke") > id(&before, "briefed"), "an id is never given twice");
    assert_sound(&path);
}

#[test]
fn two_articles_on_one_happening_are_one_event() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    let first = kyiv();
    store.save(&first.article, &first.analysis, &saving()).unwrap();
    let mut second =
        Story::new("President Zelenskyy gave a press conference on Monday.").published("2025-12-24").from("Other");
    let z = second.actor("Volodymyr Zelenskyy", ActorKind::Person, "UKR", None, &[]);
    let words = second.span("Zelenskyy");
    let e = second.event("press conference", EventType::Statement, on("2025-12-22"));
    e.mode = Some("press-conference".into());
    e.participants = vec![takes_part(Role::Agent, z, words)];
    let saved = store.save(&second.article, &second.analysis, &saving()).unwrap();
    assert_eq!(saved, Saved::New { article: ArticleId(2), events: 1, new_events: 0 });

    let both = entries(&store, &Filter { min_sources: Some(2), evidence: None, ..Filter::default() });
    assert_eq!(both.len(), 1);
    assert_eq!((both[0].mentions, both[0].articles, both[0].sources), (2, 2, 2));
    assert_eq!(both[0].evidence.len(), 2);
    assert_eq!(both[0].place.as_ref().map(|p| p.name.as_str()), Some("Kyiv"));
    assert_sound(&path);

    // Analysing the first again takes nothing from the second.
    let mut without = kyiv();
    without.analysis.events.remove(0);
    store.save(&without.article, &without.analysis, &updating()).unwrap();
    let left = store.entry(both[0].id).unwrap();
    assert_eq!((left.mentions, left.sources, left.place), (1, 1, None));
    assert_sound(&path);
}

#[test]
fn actors_are_one_across_articles() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    let first = kyiv();
    store.save(&first.article, &first.analysis, &saving()).unwrap();
    let mut second = Story::new("Zelensky arrived. A Ukrainian President resigned.").published("2019-01-01");
    let by_alias = second.actor("Zelensky", ActorKind::Person, "", None, &[]);
    let title = second.actor("Ukrainian President", ActorKind::Person, "UKR", None, &[]);
    let (a, b) = (second.span("Zelensky"), second.span("Ukrainian President"));
    second.event("arrived", EventType::Travel, Interval::UNKNOWN).participants =
        vec![takes_part(Role::Agent, by_alias, a)];
    second.event("resigned", EventType::Appoint, Interval::UNKNOWN).participants =
        vec![takes_part(Role::Agent, title, b)];
    store.save(&second.article, &second.analysis, &saving()).unwrap();
    let actions = |name: &str| entries(&store, &by_actor(name)).into_iter().map(|e| e.action).collect::<Vec<_>>();
    assert_eq!(actions("Volodymyr Zelenskyy"), ["press conference", "arrived"]);
    assert_eq!(actions("zelenský"), ["press conference", "arrived"], "accents and case do not matter");
    assert_eq!(
        actions("Ukrainian President"),
        ["press conference", "arrived", "resigned"],
        "a title is a name of both"
    );
    assert_eq!(actions("Russia"), ["captured"], "a country acts through its forces");

    let none = store.for_each_entry::<StoreError>(&by_actor("Zelenski"), &mut |_| unreachable!());
    assert_eq!(
        none.unwrap_err().to_string(),
        format!("{}: no actor named \"Zelenski\"; did you mean Volodymyr Zelenskyy?", path.display())
    );
}

#[test]
fn corrections_outlive_a_new_analysis() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    let story = kyiv();
    store.save(&story.article, &story.analysis, &saving()).unwrap();
    store.correct_alias("The Comedian", "Volodymyr Zelenskyy", true, 5).unwrap();
    store.correct_alias("Ukrainian President", "Zelenskyy", false, 5).unwrap();
    for _ in 0..2 {
        assert_eq!(entries(&store, &by_actor("the comedian")).len(), 1);
        let title = store.for_each_entry::<StoreError>(&by_actor("Ukrainian President"), &mut |_| unreachable!());
        assert!(matches!(title.unwrap_err().fault, Fault::NoActor { .. }));
        store.save(&story.article, &story.analysis, &updating()).unwrap();
    }
    let unknown = store.correct_alias("x", "Nobody At All", true, 5);
    assert!(matches!(unknown.unwrap_err().fault, Fault::NoActor { .. }));
}

#[test]
fn an_analysis_that_does_not_fit_changes_nothing() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    let before = dump(&path);
    let breakers: [fn(&mut Analysis); 5] = [
        |a| a.events[0].sentence = 99,
        |a| a.events[1].participants[0].actor = Some(99),
        |a| a.sentences[2].span.end = 9999,
        |a| a.events[2].place = Some(2),
        |a| a.actors[0].name = " . ".into(),
    ];
    for wrong in breakers {
        let mut story = kyiv();
        wrong(&mut story.analysis);
        let refused = store.save(&story.article, &story.analysis, &saving()).unwrap_err();
        assert!(matches!(refused.fault, Fault::Misfit(_)), "{refused}");
        assert_eq!(dump(&path), before);
    }
    let story = kyiv();
    store.save(&story.article, &story.analysis, &saving()).unwrap();
    assert_sound(&path);
}

#[test]
fn a_batch_is_articles_that_are_whole() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    store.begin().unwrap();
    for i in 0..3 {
        let mut story = numbered(i);
        if i == 1 {
            // Fails after rows were written: the name of the last actor is empty.
            story.analysis.actors.last_mut().unwrap().name = String::new();
        }
        assert_eq!(store.save(&story.article, &story.analysis, &saving()).is_ok(), i != 1);
    }
    assert_eq!(Store::open_to_read(&path).unwrap().stats().unwrap().articles, 0, "not yet");
    store.commit().unwrap();
    assert_eq!(Store::open_to_read(&path).unwrap().stats().unwrap().articles, 2);
    assert_sound(&path);
    store.begin().unwrap();
    store.save(&numbered(3).article, &numbered(3).analysis, &saving()).unwrap();
    drop(store);
    assert_eq!(Store::open_to_read(&path).unwrap().stats().unwrap().articles, 2, "a batch that never ended");
    assert_sound(&path);
}

#[test]
fn common_nouns_of_two_countries_are_two_actors() {
    let folder = folder();
    let path = folder.path().join("rebels.db");
    let mut store = Store::open(&path).unwrap();
    let engine = dateline::extract::Engine::new(
        dateline::extract::Lexicon::load(&dateline::lexicon::Data::BuiltIn).unwrap(),
        dateline::language::Model::embedded(),
    );
    let how = dateline::store::Saving { ingested_at: 0, replace: false, linker: Some(&dateline::link::choose) };
    for text in ["Kenya's rebels attacked a village on 3 May 2019.", "The rebels attacked a bridge on 4 May 2019."] {
        let article = Article::from_text(text);
        store.save(&article, &engine.analyse(&article), &how).unwrap();
    }
    let countries = |day: &str| {
        let day = day.parse().unwrap();
        let filter = Filter { dates: Some(Interval::day(day)), ..Filter::default() };
        let found = dateline::query::timeline(&store, &filter).unwrap();
        found.entries.iter().flat_map(|e| &e.actors).filter_map(|a| a.country).collect::<Vec<_>>()
    };
    assert_eq!(countries("2019-05-03").len(), 1);
    assert!(countries("2019-05-04").is_empty(), "the country of other rebels was lent to these");
}
