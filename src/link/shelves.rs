//! Old and new rows → the lists on which articles stand. In: the archive as it was, and what changes. Out: every month of
//! every list that changes, written anew, and what the plan must know of it ([`Touched`]). [`shelve`] is the entry.
//!
//! A month that no change touches is neither read nor written, nor is one in which every article stays where it stands, so
//! the cost is that of the change; filling an empty archive is the same work with every article new.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use crate::{
    archive::{Batch, Change, Snapshot, StoreError, Touched, story_companion},
    model::{
        day::Month,
        newsroom::{ArticleId, Item, ListId, Row, Shelf, Stand},
    },
};

/// Shelves that are worked on before the next are: bounds what is in memory.
const AT_ONCE: usize = 512;

/// One article that comes to a shelf or leaves it: positions among the shelves and among the changes. There are as many
/// as all lists are long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Move {
    shelf: u32,
    at: u32,
}

/// A shelf as it will be.
struct Shelved {
    shelf: Stand,
    /// `None` of what stays as it is.
    months: Option<Vec<(Month, usize)>>,
    lists: Vec<(Month, Vec<Item>)>,
    companions: Option<Vec<(u32, u32)>>,
    spellings: Option<Vec<(Box<str>, u32)>>,
    touched: Touched,
}

/// Writes the lists that `changes` touch. With `touched` it notes what changed.
///
/// # Errors
/// When the disk refuses.
pub fn shelve(
    archive: &Snapshot,
    batch: &Batch,
    changes: &mut [Change],
    mut touched: Option<&mut BTreeMap<Stand, Touched>>,
) -> Result<(), StoreError> {
    changes.par_sort_unstable_by(|a, b| place(a).cmp(&place(b)));
    let changes = &*changes;
    let all: BTreeSet<u64> = changes.iter().flat_map(shelves).map(Stand::number).collect();
    let all: Vec<u64> = all.into_iter().collect();
    // Counted first: a list that grows by itself is up to twice as large as it need be.
    let mut moves: Vec<Move> = Vec::with_capacity(changes.iter().flat_map(shelves).count());
    for (at, change) in (0..).zip(changes) {
        let place = |shelf: Stand| all.binary_search(&shelf.number()).ok()?.try_into().ok();
        moves.extend(shelves(change).filter_map(place).map(|shelf| Move { shelf, at }));
    }
    moves.par_sort_unstable();
    moves.dedup();
    let groups: Vec<&[Move]> = moves.chunk_by(|a, b| a.shelf == b.shelf).collect();
    let shelver = Shelver { archive, changes, all: &all };
    for groups in groups.chunks(AT_ONCE) {
        let shelved: Vec<Shelved> =
            groups.par_iter().filter_map(|moves| shelver.shelf(moves)).collect();
        for Shelved { shelf, months, lists, companions, spellings, touched: days } in shelved {
            batch.put_lists(lists.into_iter().map(|(month, items)| (shelf, month, items)))?;
            batch.put_heads(months.map(|months| (shelf, months)))?;
            batch.put_companions(companions.map(|counts| (shelf, counts)))?;
            batch.put_spellings(spellings.map(|counts| (shelf, counts)))?;
            if let Some(touched) = touched.as_deref_mut() {
                touched.insert(shelf, days);
            }
        }
    }
    Ok(())
}

/// The shelves on which an article stood and will stand.
fn shelves(change: &Change) -> impl Iterator<Item = Stand> {
    let rows = [&change.old, &change.new].into_iter().flatten().filter(|row| row.published);
    rows.flat_map(|row| row.shelves())
}

/// Newest first, then by path; what leaves stands where it stood.
fn place(change: &Change) -> (std::cmp::Reverse<i64>, &str) {
    let row = change.new.as_ref().or(change.old.as_ref());
    (std::cmp::Reverse(row.map_or(0, |row| row.micros)), &change.source)
}

struct Shelver<'a> {
    archive: &'a Snapshot,
    changes: &'a [Change],
    /// The number of each shelf.
    all: &'a [u64],
}

impl Shelver<'_> {
    fn shelf(&self, moves: &[Move]) -> Option<Shelved> {
        let shelf = Stand::of_number(*self.all.get(moves.first()?.shelf as usize)?)?;
        let stands = |row: &Option<Box<Row>>| {
            row.as_ref().is_some_and(|row| row.published && row.shelves().any(|it| it == shelf))
        };
        let mut touched = Touched { old_months: self.archive.months(shelf), ..Touched::default() };
        let mut leaving: HashSet<ArticleId> = HashSet::new();
        let mut coming: BTreeMap<Month, Vec<(Item, &str)>> = BTreeMap::new();
        let mut months: BTreeSet<Month> = BTreeSet::new();
        let mut counts: HashMap<u32, i64> = HashMap::new();
        let mut spelled: BTreeMap<&str, i64> = BTreeMap::new();
        let mut stays = true;
        for change in moves.iter().filter_map(|it| self.changes.get(it.at as usize)) {
            let place = |row: &Option<Box<Row>>| {
                row.as_ref().filter(|_| stands(row)).map(|row| row.item(change.id))
            };
            stays &= place(&change.old) == place(&change.new);
            if let Some(old) = change.old.as_ref().filter(|_| stands(&change.old)) {
                touched.days.insert(old.day);
                months.insert(Month::of(old.day));
                leaving.insert(change.id);
                count(old, -1, &mut counts);
                spell(old, shelf, -1, &mut spelled);
            }
            if let Some(new) = change.new.as_ref().filter(|_| stands(&change.new)) {
                touched.days.insert(new.day);
                months.insert(Month::of(new.day));
                let item = (new.item(change.id), &*change.source);
                coming.entry(Month::of(new.day)).or_default().push(item);
                count(new, 1, &mut counts);
                spell(new, shelf, 1, &mut spelled);
            }
        }
        counts.retain(|_, change| *change != 0);
        spelled.retain(|_, change| *change != 0);
        let spellings = (!spelled.is_empty()).then(|| self.spellings(shelf, spelled));
        let has_companions = matches!(shelf.shelf, Shelf::List(_)) && !(stays && counts.is_empty());
        let companions = has_companions.then(|| self.companions(shelf, &counts));
        touched.stays = stays;
        if stays {
            let (months, lists) = (None, Vec::new());
            return Some(Shelved { shelf, months, lists, companions, spellings, touched });
        }
        let mut lists = Vec::with_capacity(months.len());
        let mut sizes: BTreeMap<Month, usize> = touched.old_months.iter().copied().collect();
        for month in months {
            let coming = coming.remove(&month).unwrap_or_default();
            let items = self.merged(shelf, month, &leaving, coming);
            sizes.insert(month, items.len());
            lists.push((month, items));
        }
        let months = sizes.into_iter().rev().filter(|(_, size)| *size > 0).collect();
        Some(Shelved { shelf, months: Some(months), lists, companions, spellings, touched })
    }

    /// A month with what comes and without what leaves.
    fn merged(
        &self,
        shelf: Stand,
        month: Month,
        leaving: &HashSet<ArticleId>,
        coming: Vec<(Item, &str)>,
    ) -> Vec<Item> {
        let mut items = self.archive.items(shelf, month);
        items.retain(|item| !leaving.contains(&item.id));
        if items.is_empty() {
            return coming.into_iter().map(|(item, _)| item).collect();
        }
        for (item, source) in coming {
            let from = items.partition_point(|other| other.micros > item.micros);
            let same = items[from..].iter().take_while(|other| other.micros == item.micros);
            let before = same.take_while(|other| *self.source(other.id) < *source).count();
            items.insert(from + before, item);
        }
        items
    }

    /// The path of an article, which decides among those of one instant.
    fn source(&self, id: ArticleId) -> String {
        let changed = self.changes.iter().find(|change| change.id == id);
        changed.map_or_else(
            || self.archive.face(id).map_or_else(String::new, |face| face.heading.source),
            |change| change.source.to_string(),
        )
    }

    fn companions(&self, shelf: Stand, changes: &HashMap<u32, i64>) -> Vec<(u32, u32)> {
        let old = self.archive.companions(shelf);
        let mut all: BTreeMap<u32, i64> = old.into_iter().map(|(it, n)| (it, n.into())).collect();
        // Sums do not depend on the order in which they are added up.
        #[expect(clippy::iter_over_hash_type)]
        for (companion, change) in changes {
            *all.entry(*companion).or_default() += change;
        }
        let counts = all.into_iter().filter_map(|(it, n)| Some((it, u32::try_from(n).ok()?)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    fn spellings(&self, shelf: Stand, changes: BTreeMap<&str, i64>) -> Vec<(Box<str>, u32)> {
        let old = self.archive.spellings(shelf).into_iter();
        let mut all: BTreeMap<Box<str>, i64> = old.map(|(it, n)| (it, n.into())).collect();
        for (spelling, change) in changes {
            *all.entry(spelling.into()).or_default() += change;
        }
        let counts = all.into_iter().filter_map(|(it, n)| Some((it, u32::try_from(n).ok()?)));
        counts.filter(|(_, count)| *count > 0).collect()
    }
}

/// Counts how an article spells the name of the entity whose shelf it is.
fn spell<'r>(row: &'r Row, stand: Stand, by: i64, counts: &mut BTreeMap<&'r str, i64>) {
    let Shelf::List(ListId::Entity(own)) = stand.shelf else { return };
    for (_, spelling) in row.spellings.iter().filter(|(entity, _)| *entity == own) {
        *counts.entry(spelling).or_default() += by;
    }
}

fn count(row: &Row, by: i64, counts: &mut HashMap<u32, i64>) {
    for entity in &row.entities {
        *counts.entry(entity.0).or_default() += by;
    }
    if let Some(story) = row.story {
        *counts.entry(story_companion(story)).or_default() += by;
    }
}
