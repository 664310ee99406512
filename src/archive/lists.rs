//! What stands on a shelf, newest first. In: a shelf. Out: its months, its articles of a month or a day, the neighbours of
//! one. Each answer reads the months that it is about, never the whole shelf.

use jiff::civil::Date;

use super::{Newsroom, Snapshot, pack};
use crate::model::{
    day::{Month, date_of, day_number},
    newsroom::{EntityIdx, Item, ListId, Shelf, Stand, StoryIdx},
};

impl Snapshot {
    /// The months with articles, newest first, and how many each has.
    #[must_use]
    pub fn months(&self, stand: impl Into<Stand>) -> Vec<(Month, usize)> {
        let read = |bytes: &[u8]| {
            let months = pack::read_pairs(bytes);
            Some(
                months
                    .map(|(month, n)| (Month::from_number(month.cast_signed()), n as usize))
                    .collect(),
            )
        };
        self.with(&self.heads, stand.into().number(), read).unwrap_or_default()
    }

    /// How many articles stand on a shelf.
    #[must_use]
    pub fn count(&self, stand: impl Into<Stand>) -> usize {
        self.months(stand).iter().map(|(_, count)| count).sum()
    }

    /// The articles of a month, newest first.
    #[must_use]
    pub fn items(&self, stand: impl Into<Stand>, month: Month) -> Vec<Item> {
        let read = |bytes: &[u8]| pack::read_items(bytes, month);
        self.with_items(stand.into(), month, read).unwrap_or_default()
    }

    fn with_items<T>(
        &self,
        stand: Stand,
        month: Month,
        read: impl FnOnce(&[u8]) -> T,
    ) -> Option<T> {
        self.with(&self.lists, (stand.number(), month.number()), |bytes| Some(read(bytes)))
    }

    /// The entities and stories of a shelf's articles as the store keeps them: see [`companion`].
    #[must_use]
    pub fn companions(&self, stand: impl Into<Stand>) -> Vec<(u32, u32)> {
        let read = |bytes: &[u8]| Some(pack::read_pairs(bytes).collect());
        self.with(&self.companions, stand.into().number(), read).unwrap_or_default()
    }
}

impl Snapshot {
    /// Spellings that a shelf's articles have of its entity's name, sorted, with counts.
    #[must_use]
    pub fn spellings(&self, stand: impl Into<Stand>) -> Vec<(Box<str>, u32)> {
        self.record(&self.spellings, stand.into().number()).unwrap_or_default()
    }
}

/// The number by which companions know a story; an entity's is its position.
const STORY: u32 = 0x8000_0000;

/// The number of a story among companions.
#[must_use]
pub fn story_companion(story: StoryIdx) -> u32 {
    STORY | story.0
}

impl Newsroom {
    /// A shelf with the articles of this language.
    #[must_use]
    pub fn stand(&self, shelf: impl Into<Shelf>) -> Stand {
        Stand { tongue: self.tongue, shelf: shelf.into() }
    }

    /// How many articles stand on a shelf.
    #[must_use]
    pub fn count(&self, shelf: Shelf) -> usize {
        self.archive.count(self.stand(shelf))
    }

    /// The months with articles, newest first, and how many each has.
    #[must_use]
    pub fn months(&self, shelf: impl Into<Shelf>) -> Vec<(Month, usize)> {
        self.archive.months(self.stand(shelf))
    }

    /// The articles of a month, newest first.
    #[must_use]
    pub fn items(&self, shelf: impl Into<Shelf>, month: Month) -> Vec<Item> {
        self.archive.items(self.stand(shelf), month)
    }

    /// The articles of a shelf from the newest on, read as far as they are asked for.
    pub fn newest(&self, shelf: impl Into<Shelf>) -> impl Iterator<Item = Item> + '_ {
        let shelf = self.stand(shelf);
        let months = self.archive.months(shelf).into_iter();
        months.flat_map(move |(month, _)| self.archive.items(shelf, month))
    }

    /// The oldest article of a shelf.
    #[must_use]
    pub fn oldest(&self, shelf: impl Into<Shelf>) -> Option<Item> {
        let shelf = self.stand(shelf);
        let (month, _) = *self.archive.months(shelf).last()?;
        self.archive.items(shelf, month).pop()
    }

    /// The articles of a day, newest first.
    #[must_use]
    pub fn day(&self, date: Date) -> Vec<Item> {
        let month = Month::of(date);
        let read = |bytes: &[u8]| {
            let (items, _) = bytes.as_chunks::<{ pack::ITEM }>();
            // The day stands behind the instant, newest day first.
            let day = |item: &[u8; pack::ITEM]| item[8].cast_signed();
            let from = items.partition_point(|item| day(item) > date.day());
            let to = items.partition_point(|item| day(item) >= date.day());
            items[from..to].iter().filter_map(|item| pack::read_item(item, month)).collect()
        };
        self.archive.with_items(self.stand(Shelf::All), month, read).unwrap_or_default()
    }

    /// The article before one on a shelf.
    #[must_use]
    pub fn older(&self, shelf: impl Into<Shelf>, item: Item) -> Option<Item> {
        let shelf = self.stand(shelf);
        let month = Month::of(item.day);
        let next = self.archive.with_items(shelf, month, |bytes| {
            let (items, _) = bytes.as_chunks::<{ pack::ITEM }>();
            let at = position(items, item)?;
            items.get(at + 1).and_then(|item| pack::read_item(item, month))
        });
        next.flatten().or_else(|| {
            let months = self.archive.months(shelf);
            let (older, _) = months.into_iter().find(|(other, _)| *other < month)?;
            self.archive.items(shelf, older).first().copied()
        })
    }

    /// The article after one on a shelf.
    #[must_use]
    pub fn newer(&self, shelf: impl Into<Shelf>, item: Item) -> Option<Item> {
        let shelf = self.stand(shelf);
        let month = Month::of(item.day);
        let next = self.archive.with_items(shelf, month, |bytes| {
            let (items, _) = bytes.as_chunks::<{ pack::ITEM }>();
            let at = position(items, item)?.checked_sub(1)?;
            items.get(at).and_then(|item| pack::read_item(item, month))
        });
        next.flatten().or_else(|| {
            let months = self.archive.months(shelf);
            let (newer, _) = months.into_iter().rev().find(|(other, _)| *other > month)?;
            self.archive.items(shelf, newer).pop()
        })
    }

    /// The days with articles or an edition between two, both included, oldest first.
    #[must_use]
    pub fn days_between(&self, from: Date, to: Date) -> Vec<Date> {
        let mut days: Vec<Date> = Vec::new();
        let months = self.archive.months(self.stand(Shelf::All)).into_iter();
        let wanted =
            months.filter(|(month, _)| month.first_day() <= to && month.last_day() >= from);
        for (month, _) in wanted {
            days.extend(
                self.archive.items(self.stand(Shelf::All), month).iter().map(|item| item.day),
            );
        }
        let to = to.min(self.today);
        if from <= to {
            let editions =
                self.archive.edition_days(self.tongue, day_number(from)..=day_number(to));
            days.extend(editions.into_iter().map(date_of));
        }
        days.retain(|day| *day >= from);
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The months with articles or an edition, oldest first, with the number of articles.
    #[must_use]
    pub fn calendar(&self) -> Vec<(Month, usize)> {
        let mut months = self.archive.months(self.stand(Shelf::All));
        let editions = self.archive.edition_days(self.tongue, i32::MIN..=day_number(self.today));
        months.extend(editions.into_iter().map(|day| (Month::of(date_of(day)), 0)));
        months.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        months.dedup_by_key(|(month, _)| *month);
        months
    }

    /// The nearest day before or after one with articles or an edition.
    #[must_use]
    pub fn day_beside(&self, date: Date, after: bool) -> Option<Date> {
        let month = Month::of(date);
        let within = self.days_between(month.first_day(), month.last_day());
        let beside = |days: Vec<Date>| {
            if after {
                days.into_iter().find(|day| *day > date)
            } else {
                days.into_iter().rev().find(|day| *day < date)
            }
        };
        beside(within).or_else(|| {
            let months = self.calendar();
            let other = if after {
                months.iter().find(|(other, _)| *other > month)
            } else {
                months.iter().rev().find(|(other, _)| *other < month)
            };
            let (other, _) = other?;
            beside(self.days_between(other.first_day(), other.last_day()))
        })
    }

    /// The entities of a shelf's articles with the number of articles each is in.
    #[must_use]
    pub fn entities_of(&self, shelf: impl Into<Shelf>) -> Vec<(EntityIdx, usize)> {
        let companions = self.archive.companions(self.stand(shelf)).into_iter();
        let entities = companions.filter(|(number, _)| number & STORY == 0);
        entities.map(|(number, count)| (EntityIdx(number), count as usize)).collect()
    }

    /// How the articles of an entity spell its name where nobody registered that, the most frequent first.
    #[must_use]
    pub fn spellings_of(&self, entity: EntityIdx) -> Vec<String> {
        let mut spellings = self.archive.spellings(self.stand(ListId::Entity(entity)));
        // They are sorted; those of one count stay so.
        spellings.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        spellings.into_iter().map(|(spelling, _)| spelling.into()).collect()
    }

    /// The stories of a shelf's articles.
    #[must_use]
    pub fn stories_of(&self, shelf: impl Into<Shelf>) -> Vec<StoryIdx> {
        let companions = self.archive.companions(self.stand(shelf)).into_iter();
        let stories = companions.filter(|(number, _)| number & STORY != 0);
        stories.map(|(number, _)| StoryIdx(number & !STORY)).collect()
    }
}

/// Where an item stands among the packed items of its month.
fn position(items: &[[u8; pack::ITEM]], item: Item) -> Option<usize> {
    let micros = |packed: &[u8; pack::ITEM]| {
        let [a, b, c, d, e, f, g, h, ..] = *packed;
        i64::from_le_bytes([a, b, c, d, e, f, g, h])
    };
    let id = |packed: &[u8; pack::ITEM]| {
        let [.., a, b, c, d] = *packed;
        u32::from_le_bytes([a, b, c, d])
    };
    let from = items.partition_point(|other| micros(other) > item.micros);
    let same = items[from..].iter().take_while(|other| micros(other) == item.micros);
    same.enumerate().find(|(_, other)| id(other) == item.id.0).map(|(at, _)| from + at)
}
