//! Words that look back or ahead, for the choice between past and future.

/// Words that make what follows lie ahead.
pub const AHEAD: &[&str] = &[
    "will",
    "'ll",
    "\u{2019}ll",
    "shall",
    "wo",
    "expected",
    "scheduled",
    "due",
    "planned",
    "upcoming",
    "forthcoming",
    "expects",
    "expect",
    "hopes",
    "intends",
    "slated",
    "payable",
    "begins",
    "starts",
    "begin",
    "start",
    "opens",
    "deadline",
    "would",
    "planning",
];

/// Words that make what follows lie behind.
pub const BEHIND: &[&str] = &[
    "said",
    "told",
    "was",
    "were",
    "had",
    "did",
    "announced",
    "reported",
    "ended",
    "began",
    "been",
    "made",
    "came",
    "took",
];

/// Verbs that set a time for later, even when they are told in the past.
pub const PLANS: &[&str] =
    &["plan", "schedule", "expect", "slate", "postpone", "extend", "delay", "defer", "due", "adjourn", "propose"];

/// Of these, the ones that in the simple past tell of a change: "on" dates it.
pub const PUT_OFF: &[&str] = &["postpone", "extend", "delay", "defer", "adjourn", "propose"];

/// Verbs of the past that may bring a time to come with them: "called an election in June", "booked a hall for May".
pub const AGREED: &[&str] = &[
    "call", "book", "set", "fix", "announce", "order", "move", "put", "agree", "offer", "promise", "declare",
    "approve", "arrange", "seek", "want", "need", "have", "be",
];

/// Verbs whose present tense tells of what has just been.
pub const SPEECH: &[&str] = &["say", "tell", "report", "write", "show", "suggest", "indicate", "mean", "claim", "know"];

/// Verbs that report: what they date is the telling.
pub const TELLING: &[&str] =
    &["say", "tell", "hear", "report", "announce", "write", "add", "testify", "state", "learn"];

/// Words that set a time when "for" or "to" and the time follow.
pub const SETS: &[&str] = &[
    "set",
    "moved",
    "called",
    "planned",
    "scheduled",
    "booked",
    "fixed",
    "march",
    "meeting",
    "hearing",
    "vote",
    "strike",
    "election",
    "elections",
    "postponed",
    "delayed",
    "adjourned",
    "summoned",
    "slated",
];

/// Verbs whose infinitive came about, or began, when they did: "were forced to leave on Monday".
pub const BROUGHT_ABOUT: &[&str] = &[
    "fail", "decline", "try", "attempt", "struggle", "force", "compel", "oblige", "manage", "begin", "start",
    "continue", "cease", "get", "come", "go", "happen", "help", "lead", "cause", "enable", "dare", "bother", "proceed",
];
