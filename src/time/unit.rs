use crate::model::{Granularity, named_enum};

named_enum! {
    /// A unit of the calendar or the clock.
    pub enum Unit: "unit of time" {
        Second = "second", Minute = "minute", Hour = "hour", Day = "day", Weekend = "weekend", Week = "week",
        Month = "month", Lunation = "lunar-month", Season = "season", Quarter = "quarter", Half = "half-year", Year = "year", Decade = "decade",
        Century = "century", Millennium = "millennium",
    }
}

impl Unit {
    /// The granularity of one such unit; units of the clock are times of day.
    pub const fn granularity(self) -> Granularity {
        match self {
            Unit::Second | Unit::Minute | Unit::Hour => Granularity::Time,
            Unit::Day => Granularity::Day,
            Unit::Weekend => Granularity::Weekend,
            Unit::Week => Granularity::Week,
            Unit::Month | Unit::Lunation => Granularity::Month,
            Unit::Season => Granularity::Season,
            Unit::Quarter => Granularity::Quarter,
            Unit::Half => Granularity::Half,
            Unit::Year => Granularity::Year,
            Unit::Decade => Granularity::Decade,
            Unit::Century => Granularity::Century,
            Unit::Millennium => Granularity::Millennium,
        }
    }

    /// Whether the unit is shorter than a day.
    pub const fn is_clock(self) -> bool {
        matches!(self, Unit::Second | Unit::Minute | Unit::Hour)
    }

    /// How many months the unit has, if it is made of whole months.
    pub const fn months(self) -> Option<i32> {
        match self {
            Unit::Month => Some(1),
            Unit::Season | Unit::Quarter => Some(3),
            Unit::Half => Some(6),
            Unit::Year => Some(12),
            Unit::Decade => Some(120),
            Unit::Century => Some(1200),
            Unit::Millennium => Some(12_000),
            _ => None,
        }
    }

    /// How many days the unit has, if it is made of whole days.
    pub const fn days(self) -> Option<i32> {
        match self {
            Unit::Day => Some(1),
            Unit::Weekend | Unit::Week => Some(7),
            _ => None,
        }
    }
}

named_enum! {
    /// A season of the northern year: spring is March to May, winter December to February.
    pub enum Season: "season" { Spring = "spring", Summer = "summer", Autumn = "autumn", Winter = "winter" }
}

impl Season {
    /// The TIMEX3 code.
    pub const fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }

    /// 0 for spring to 3 for winter.
    pub const fn index(self) -> i32 {
        match self {
            Season::Spring => 0,
            Season::Summer => 1,
            Season::Autumn => 2,
            Season::Winter => 3,
        }
    }

    /// The season with this number, counted round.
    pub const fn from_index(index: i32) -> Season {
        match index.rem_euclid(4) {
            0 => Season::Spring,
            1 => Season::Summer,
            2 => Season::Autumn,
            _ => Season::Winter,
        }
    }
}

named_enum! {
    /// A part of the day.
    pub enum DayPart: "part of day" {
        Morning = "morning", Midday = "midday", Afternoon = "afternoon", Evening = "evening", Night = "night",
        Daytime = "daytime",
    }
}

impl DayPart {
    /// The TIMEX3 code.
    pub const fn code(self) -> &'static str {
        match self {
            DayPart::Morning => "MO",
            DayPart::Midday => "MI",
            DayPart::Afternoon => "AF",
            DayPart::Evening => "EV",
            DayPart::Night => "NI",
            DayPart::Daytime => "DT",
        }
    }
}
