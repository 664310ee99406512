//! When: an instant with the site's local date, and how instants are kept in the store.

use jiff::{Timestamp, civil, tz::Offset};
use serde::{Deserialize, Serialize};

/// A published instant with the site's local date.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(from = "Kept", into = "Kept")]
pub struct Moment {
    /// The instant; for a date alone, that day's start in the site's time zone.
    pub instant: Timestamp,
    /// Date and time of day in the site's time zone.
    pub local: civil::DateTime,
    /// Seconds east of UTC at that instant in the site's time zone.
    pub offset: i32,
    /// Whether the editor gave a time of day.
    pub has_time: bool,
}

impl Moment {
    /// The day in the site's time zone.
    #[must_use]
    pub fn day(&self) -> civil::Date {
        self.local.date()
    }

    /// RFC 3339 with the site's offset, to the second: `2023-09-13T09:40:00+03:00`.
    #[must_use]
    pub fn rfc3339(&self) -> String {
        let local = self.local;
        let parts = [
            ('-', local.month().unsigned_abs()),
            ('-', local.day().unsigned_abs()),
            ('T', local.hour().unsigned_abs()),
            (':', local.minute().unsigned_abs()),
            (':', local.second().unsigned_abs()),
        ];
        let minutes = self.offset.unsigned_abs() / 60;
        let sign = if self.offset < 0 { '-' } else { '+' };
        let offset = [(sign, minutes / 60), (':', minutes % 60)];
        let offset = offset.map(|(before, number)| (before, u8::try_from(number).unwrap_or(0)));
        let mut out = String::with_capacity(25);
        out.push_str(&format!("{:04}", local.year()));
        for (before, number) in parts.into_iter().chain(offset) {
            let digit = |digit: u8| char::from(b'0' + digit % 10);
            out.extend([before, digit(number / 10), digit(number)]);
        }
        out
    }
}

/// A moment as the store keeps it: what else there is to know follows from these.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Kept {
    seconds: i64,
    nanoseconds: i32,
    offset: i32,
    has_time: bool,
}

impl From<Moment> for Kept {
    fn from(moment: Moment) -> Self {
        Self {
            seconds: moment.instant.as_second(),
            nanoseconds: moment.instant.subsec_nanosecond(),
            offset: moment.offset,
            has_time: moment.has_time,
        }
    }
}

impl From<Kept> for Moment {
    fn from(kept: Kept) -> Self {
        let instant = Timestamp::new(kept.seconds, kept.nanoseconds).unwrap_or_default();
        let offset = Offset::from_seconds(kept.offset).unwrap_or(Offset::UTC);
        let local = offset.to_datetime(instant);
        Self { instant, local, offset: kept.offset, has_time: kept.has_time }
    }
}

/// An instant that may be missing, as seconds and nanoseconds.
pub(super) mod instant {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::model) fn serialize<S: Serializer>(
        instant: &Option<Timestamp>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        instant.map(|it| (it.as_second(), it.subsec_nanosecond())).serialize(serializer)
    }

    pub(in crate::model) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Timestamp>, D::Error> {
        let kept = Option::<(i64, i32)>::deserialize(deserializer)?;
        Ok(kept.and_then(|(seconds, nanoseconds)| Timestamp::new(seconds, nanoseconds).ok()))
    }
}

/// A day as its distance from 1970-01-01.
pub(super) mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::model::day::{date_of, day_number};

    pub(in crate::model) fn serialize<S: Serializer>(
        date: &Date,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        day_number(*date).serialize(serializer)
    }

    pub(in crate::model) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Date, D::Error> {
        Ok(date_of(i32::deserialize(deserializer)?))
    }
}

/// The same for a day that may be missing.
pub(super) mod maybe_day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::model::day::{date_of, day_number};

    pub(in crate::model) fn serialize<S: Serializer>(
        date: &Option<Date>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        date.map(day_number).serialize(serializer)
    }

    pub(in crate::model) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Date>, D::Error> {
        Ok(Option::<i32>::deserialize(deserializer)?.map(date_of))
    }
}
