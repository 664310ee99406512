//! Values that are read by the thousand, packed by hand: fixed-width little-endian numbers, one after the other. In:
//! rows, items, counts. Out: bytes, and back; bytes of another length give nothing.

use std::hash::Hasher as _;

use rustc_hash::{FxHashMap, FxHasher};

use crate::model::{
    Digest,
    article::Kind,
    day::{Month, date_of, day_number},
    newsroom::{ArticleId, EntityIdx, Excerpt, Item, ListId, Row, StoryIdx, TopicIdx},
    tongue::Tongue,
};

/// Bytes of an item of a list.
pub(super) const ITEM: usize = 13;

/// Where the digests of a row begin: behind instant, day, kind, priority, flags, story.
const CARD: usize = 8 + 4 + 3 + 4;

/// Reads numbers from the front of some bytes.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn spelling(&mut self) -> Option<(EntityIdx, Box<str>)> {
        let entity = EntityIdx(self.u32()?);
        let len = self.byte()?;
        let (text, rest) = self.0.split_at_checked(len.into())?;
        self.0 = rest;
        Some((entity, std::str::from_utf8(text).ok()?.into()))
    }

    fn digest(&mut self) -> Option<Digest> {
        self.take().map(Digest)
    }
}

/// Bytes of the sum at the end of every record.
const SUM: usize = 4;

/// A record with a sum at its end, by which damage is seen.
pub(super) fn seal(mut record: Vec<u8>) -> Vec<u8> {
    let sum = sum(&record);
    record.extend(sum);
    record
}

/// The record without its sum; `None` if it is not what was written.
pub(super) fn unseal(bytes: &[u8]) -> Option<&[u8]> {
    let (record, found) = bytes.split_last_chunk::<SUM>()?;
    (*found == sum(record)).then_some(record)
}

fn sum(bytes: &[u8]) -> [u8; SUM] {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    let [.., a, b, c, d] = hasher.finish().to_le_bytes();
    [a, b, c, d]
}

/// A row as bytes.
pub(super) fn row(row: &Row, out: &mut Vec<u8>) {
    out.extend(row.micros.to_le_bytes());
    out.extend(day_number(row.day).to_le_bytes());
    let kind = Kind::ALL.iter().position(|(_, kind)| *kind == row.kind).unwrap_or(0);
    let count = |length: usize| u8::try_from(length).unwrap_or(u8::MAX);
    out.extend([count(kind), row.priority]);
    out.push(u8::from(row.published) | u8::from(row.has_namesake) << 1 | row.tongue.0 << 2);
    out.extend(row.story.map_or(u32::MAX, |story| story.0).to_le_bytes());
    [row.card, row.content, row.refs].iter().for_each(|digest| out.extend(digest.0));
    let topics = &row.topics[..row.topics.len().min(255)];
    out.push(count(topics.len()));
    topics.iter().for_each(|topic| out.extend(topic.0.to_le_bytes()));
    out.push(count(row.telling.len()));
    row.telling.iter().for_each(|list| out.extend(list.number().to_le_bytes()));
    let spellings = &row.spellings[..row.spellings.len().min(255)];
    out.push(count(spellings.len()));
    for (entity, spelling) in spellings {
        out.extend(entity.0.to_le_bytes());
        out.push(count(spelling.len()));
        out.extend(spelling.as_bytes());
    }
    row.entities.iter().for_each(|entity| out.extend(entity.0.to_le_bytes()));
}

/// The row of an article from its bytes.
pub(super) fn read_row(bytes: &[u8]) -> Option<Row> {
    let mut reader = Reader(bytes);
    let micros = i64::from_le_bytes(reader.take()?);
    let day = date_of(i32::from_le_bytes(reader.take()?));
    let kind = Kind::ALL.get(usize::from(reader.byte()?))?.1;
    let (priority, flags) = (reader.byte()?, reader.byte()?);
    let story = Some(reader.u32()?).filter(|&it| it != u32::MAX).map(StoryIdx);
    let (card, content, refs) = (reader.digest()?, reader.digest()?, reader.digest()?);
    let n_topics = reader.byte()?;
    let topics = (0..n_topics).map(|_| reader.u32().map(TopicIdx)).collect::<Option<_>>()?;
    let n_telling = reader.byte()?;
    let list = |reader: &mut Reader<'_>| ListId::of_number(u64::from_le_bytes(reader.take()?));
    let telling = (0..n_telling).map(|_| list(&mut reader)).collect::<Option<_>>()?;
    let n_spellings = reader.byte()?;
    let spellings = (0..n_spellings).map(|_| reader.spelling()).collect::<Option<_>>()?;
    let mut entities = Vec::with_capacity(reader.0.len() / 4);
    while !reader.0.is_empty() {
        entities.push(EntityIdx(reader.u32()?));
    }
    Some(Row {
        micros,
        day,
        kind,
        priority,
        published: flags & 1 != 0,
        has_namesake: flags & 2 != 0,
        tongue: Tongue(flags >> 2),
        story,
        topics,
        entities,
        telling,
        spellings,
        card,
        content,
        refs,
    })
}

/// Bytes of what says of an excerpt whose it is, where its text begins, and behind that where the name begins, ends, and
/// all of it ends.
const EXCERPT: usize = 4 + 4 + 2 + 2 + 2;

/// The sentences around names as bytes. Names share sentences, so each text stands there once.
pub(super) fn excerpts(excerpts: &[(EntityIdx, &Excerpt)]) -> Vec<u8> {
    let mut texts = String::new();
    let mut known: FxHashMap<String, u32> = FxHashMap::default();
    let mut entries = Vec::with_capacity(excerpts.len() * EXCERPT);
    for (entity, Excerpt { before, name, after }) in excerpts {
        let text = [&**before, name, after].concat();
        let ends = [before.len(), before.len() + name.len(), text.len()].map(u16::try_from);
        // No sentence that is kept is so long.
        let [Ok(name), Ok(end), Ok(all)] = ends else { continue };
        let from = *known.entry(text).or_insert_with_key(|text| {
            let from = u32::try_from(texts.len()).unwrap_or(u32::MAX);
            texts.push_str(text);
            from
        });
        entries.extend(entity.0.to_le_bytes());
        entries.extend(from.to_le_bytes());
        [name, end, all].iter().for_each(|at| entries.extend(at.to_le_bytes()));
    }
    let count = u32::try_from(entries.len() / EXCERPT).unwrap_or(0);
    [&count.to_le_bytes(), entries.as_slice(), texts.as_bytes()].concat()
}

/// Of the bytes of an article's excerpts, those of one entity.
pub(super) fn read_excerpts(bytes: &[u8], entity: EntityIdx) -> Option<Vec<Excerpt>> {
    let mut reader = Reader(bytes);
    let n_entries = reader.u32()? as usize;
    let (entries, texts) = reader.0.split_at_checked(n_entries.checked_mul(EXCERPT)?)?;
    let (entries, _) = entries.as_chunks::<EXCERPT>();
    let is_own = |entry: &&[u8; EXCERPT]| entry.starts_with(&entity.0.to_le_bytes());
    let text = |bytes: &[u8]| simdutf8::basic::from_utf8(bytes).ok().map(Box::from);
    let excerpt = |entry: &[u8; EXCERPT]| {
        let mut reader = Reader(entry.get(4..)?);
        let texts = texts.get(reader.u32()? as usize..)?;
        let mut at = || reader.take().map(|it| usize::from(u16::from_le_bytes(it)));
        let (name, end, all) = (at()?, at()?, at()?);
        let (before, after) = (texts.get(..name)?, texts.get(end..all)?);
        Some(Excerpt {
            before: text(before)?,
            name: text(texts.get(name..end)?)?,
            after: text(after)?,
        })
    };
    entries.iter().filter(is_own).map(excerpt).collect()
}

/// Of a row's bytes, the digests of what lists show of the article, of its body and of what its body leads to.
pub(super) fn digests_of_row(bytes: &[u8]) -> Option<[Digest; 3]> {
    let mut reader = Reader(bytes.get(CARD..)?);
    Some([reader.digest()?, reader.digest()?, reader.digest()?])
}

/// Of a row's bytes, the priority: it stands behind instant, day and kind.
pub(super) fn priority_of_row(bytes: &[u8]) -> Option<u8> {
    bytes.get(8 + 4 + 1).copied()
}

/// Of a row's bytes, the entities.
pub(super) fn entities_of_row(bytes: &[u8]) -> Option<Vec<EntityIdx>> {
    let mut reader = Reader(bytes.get(CARD + 3 * size_of::<Digest>()..)?);
    for size in [size_of::<u32>(), size_of::<u64>()] {
        let n_bytes = usize::from(reader.byte()?) * size;
        reader.0 = reader.0.get(n_bytes..)?;
    }
    for _ in 0..reader.byte()? {
        reader.u32()?;
        let len = usize::from(reader.byte()?);
        reader.0 = reader.0.get(len..)?;
    }
    let (entities, _) = reader.0.as_chunks();
    Some(entities.iter().map(|entity| EntityIdx(u32::from_le_bytes(*entity))).collect())
}

/// The items of one month of a list as bytes.
pub(super) fn items(items: &[Item]) -> Vec<u8> {
    let mut out = Vec::with_capacity(items.len() * ITEM);
    for item in items {
        out.extend(item.micros.to_le_bytes());
        out.push(item.day.day().unsigned_abs());
        out.extend(item.id.0.to_le_bytes());
    }
    out
}

/// The items of `month` from their bytes.
pub(super) fn read_items(bytes: &[u8], month: Month) -> Vec<Item> {
    let (items, _) = bytes.as_chunks::<ITEM>();
    items.iter().filter_map(|item| read_item(item, month)).collect()
}

/// One item of `month` from its bytes.
pub(super) fn read_item(bytes: &[u8; ITEM], month: Month) -> Option<Item> {
    let mut reader = Reader(bytes);
    let micros = i64::from_le_bytes(reader.take()?);
    let day = i8::try_from(reader.byte()?).ok()?;
    let day = jiff::civil::Date::new(month.year, month.month, day).ok()?;
    Some(Item { micros, day, id: ArticleId(reader.u32()?) })
}

/// Pairs of numbers as bytes.
pub(super) fn pairs(pairs: impl IntoIterator<Item = (u32, u32)>) -> Vec<u8> {
    pairs
        .into_iter()
        .flat_map(|(a, b)| a.to_le_bytes().into_iter().chain(b.to_le_bytes()))
        .collect()
}

/// Pairs of numbers from their bytes.
pub(super) fn read_pairs(bytes: &[u8]) -> impl Iterator<Item = (u32, u32)> + '_ {
    let (pairs, _) = bytes.as_chunks::<8>();
    pairs.iter().map(|&[a, b, c, d, e, f, g, h]| {
        (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
    })
}
