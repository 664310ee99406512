//! Editions by language and day. In: a language, a day. Out: the number under which the store keeps that edition, and the
//! reading of it.

use jiff::civil::Date;

use super::{FiledEdition, Snapshot};
use crate::model::{
    day::{date_of, day_number},
    tongue::Tongue,
};

impl Snapshot {
    /// The edition of a day in a language, if it has a file, whether or not its day has come.
    #[must_use]
    pub fn filed_edition(&self, tongue: Tongue, date: Date) -> Option<FiledEdition> {
        self.record(&self.editions, edition_number(tongue, date))
    }

    /// The days whose edition in a language has a file, in order.
    #[must_use]
    pub fn edition_days(&self, tongue: Tongue, range: std::ops::RangeInclusive<i32>) -> Vec<i32> {
        let number = |day: i32| first_edition(tongue) + day.clamp(-HALF_SPAN, HALF_SPAN - 1);
        let range = number(*range.start())..=number(*range.end());
        self.each::<i32, _, i32, _>(&self.editions, range, |number, _| {
            Some(number - first_edition(tongue))
        })
    }
}

/// More days than there are before and after 1970.
const HALF_SPAN: i32 = 1 << 23;

/// The number of the edition of 1970-01-01 in a language.
fn first_edition(tongue: Tongue) -> i32 {
    i32::from(tongue.0) * 2 * HALF_SPAN
}

/// The number under which the store keeps the edition of a day in a language.
pub(super) fn edition_number(tongue: Tongue, date: Date) -> i32 {
    first_edition(tongue) + day_number(date)
}

/// The number under which backlinks know the text of a day's edition.
#[must_use]
pub fn edition_text(tongue: Tongue, date: Date) -> u32 {
    0x8000_0000 | edition_number(tongue, date).wrapping_add(0x4000_0000).cast_unsigned()
}

/// The language and day of an edition from that number; `None` if it is an article's.
#[must_use]
pub fn edition_of_text(text: u32) -> Option<(Tongue, Date)> {
    let number = (text & 0x7FFF_FFFF).cast_signed().wrapping_sub(0x4000_0000);
    let tongue = u8::try_from((number + HALF_SPAN).div_euclid(2 * HALF_SPAN)).ok().map(Tongue)?;
    (text & 0x8000_0000 != 0).then(|| (tongue, date_of(number - first_edition(tongue))))
}
