use super::named_enum;

named_enum! {
    /// The upper level of the event types.
    pub enum Family: "family" {
        Politics = "politics",
        Statement = "statement",
        Government = "government",
        Justice = "justice",
        Disaster = "disaster",
        Business = "business",
        Life = "life",
        Move = "move",
        Culture = "culture",
        Other = "other",
    }
}

named_enum! {
    /// What kind of happening an event is. The first sixteen are the types of PLOVER 2021, kept verbatim.
    pub enum EventType: "event type" {
        Agree = "AGREE",
        Consult = "CONSULT",
        Support = "SUPPORT",
        Cooperate = "COOPERATE",
        Aid = "AID",
        Concede = "CONCEDE",
        Retreat = "RETREAT",
        Request = "REQUEST",
        Accuse = "ACCUSE",
        Reject = "REJECT",
        Threaten = "THREATEN",
        Protest = "PROTEST",
        Mobilize = "MOBILIZE",
        Sanction = "SANCTION",
        Coerce = "COERCE",
        Assault = "ASSAULT",
        Statement = "STATEMENT",
        Legislate = "LEGISLATE",
        Elect = "ELECT",
        Appoint = "APPOINT",
        Charge = "CHARGE",
        Trial = "TRIAL",
        Verdict = "VERDICT",
        Ruling = "RULING",
        Sue = "SUE",
        Natural = "NATURAL",
        Accident = "ACCIDENT",
        Disease = "DISEASE",
        Deal = "DEAL",
        Result = "RESULT",
        Open = "OPEN",
        Close = "CLOSE",
        Launch = "LAUNCH",
        Price = "PRICE",
        Die = "DIE",
        Injure = "INJURE",
        Born = "BORN",
        Marry = "MARRY",
        Award = "AWARD",
        Travel = "TRAVEL",
        Migrate = "MIGRATE",
        Match = "MATCH",
        Perform = "PERFORM",
        Publish = "PUBLISH",
        /// A dated happening with no type: kept, so that recall is never the price of typing.
        Other = "OTHER",
    }
}

named_enum! {
    /// GDELT's four-way split, derived from the type.
    pub enum QuadClass: "quad class" {
        VerbalCooperation = "1",
        MaterialCooperation = "2",
        VerbalConflict = "3",
        MaterialConflict = "4",
    }
}

named_enum! {
    /// The field of affairs that an event belongs to: the contexts of PLOVER 2021.
    pub enum Context: "context" {
        Political = "political_institutions",
        Diplomatic = "diplomatic",
        Military = "military",
        Economic = "economic",
        Legal = "legal",
        Humanitarian = "humanitarian",
        Elections = "elections",
        Executive = "executive",
        Legislative = "legislative",
        Intelligence = "intelligence",
        Territory = "territory",
        Terrorism = "terrorism",
        Rights = "rights_freedoms",
        Peacekeeping = "peacekeeping",
        Migration = "migration",
        Health = "health",
        Environment = "environment",
        Disaster = "disaster",
        Crime = "crime",
        Corruption = "corruption",
        Resource = "resource",
        Cyber = "cyber",
        Cbrn = "cbrn",
        ProDemocracy = "pro_democracy",
        ProAutocracy = "pro_autocracy",
        Misinformation = "misinformation",
    }
}

impl EventType {
    /// The upper level it belongs to.
    pub const fn family(self) -> Family {
        use EventType::*;
        match self {
            Agree | Consult | Support | Cooperate | Aid | Concede | Retreat | Request | Accuse | Reject | Threaten
            | Protest | Mobilize | Sanction | Coerce | Assault => Family::Politics,
            Statement => Family::Statement,
            Legislate | Elect | Appoint => Family::Government,
            Charge | Trial | Verdict | Ruling | Sue => Family::Justice,
            Natural | Accident | Disease => Family::Disaster,
            Deal | Result | Open | Close | Launch | Price => Family::Business,
            Die | Injure | Born | Marry | Award => Family::Life,
            Travel | Migrate => Family::Move,
            Match | Perform | Publish => Family::Culture,
            Other => Family::Other,
        }
    }

    /// The CAMEO root code of a political type or a statement, two digits; `None` for the general news types.
    /// Source: CAMEO 1.1b3 and the PLOVER 2021 mapping.
    pub const fn cameo_root(self) -> Option<&'static str> {
        use EventType::*;
        Some(match self {
            Statement => "01",
            Agree => "03",
            Consult => "04",
            Support => "05",
            Cooperate => "06",
            Aid => "07",
            Concede | Retreat => "08",
            Request => "10",
            Accuse => "11",
            Reject => "12",
            Threaten => "13",
            Protest => "14",
            Mobilize => "15",
            Sanction => "16",
            Coerce => "17",
            Assault => "18",
            _ => return None,
        })
    }

    /// GDELT's quad class of a political type or a statement; `None` for the general news types.
    pub const fn quad_class(self) -> Option<QuadClass> {
        use EventType::*;
        Some(match self {
            Statement | Agree | Consult | Support => QuadClass::VerbalCooperation,
            Cooperate | Aid | Concede | Retreat => QuadClass::MaterialCooperation,
            Request | Accuse | Reject | Threaten => QuadClass::VerbalConflict,
            Protest | Mobilize | Sanction | Coerce | Assault => QuadClass::MaterialConflict,
            _ => return None,
        })
    }
}
