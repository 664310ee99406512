//! Days and months as numbers, so that the store can keep them in order: [`day_number`], [`Month`].

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Days since 1970-01-01, negative before.
#[must_use]
pub fn day_number(date: Date) -> i32 {
    date.since(EPOCH).map_or(0, |span| span.get_days())
}

/// The day with this number; the nearest that there is for one out of range.
#[must_use]
pub fn date_of(number: i32) -> Date {
    EPOCH.saturating_add(number.days())
}

/// A month of a year. Months are in order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month {
    /// The year, -9999 to 9999.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

impl Month {
    /// The month that holds a day.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    /// Months since January of year 0.
    #[must_use]
    pub fn number(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }

    /// The month with this number.
    #[must_use]
    pub fn from_number(number: i32) -> Self {
        let year = i16::try_from(number.div_euclid(12)).unwrap_or(i16::MAX);
        let month = i8::try_from(number.rem_euclid(12) + 1).unwrap_or(1);
        Self { year, month }
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month, 1).unwrap_or(EPOCH)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }
}
