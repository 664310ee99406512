//! The tables of the store. In: nothing. Out: their names, keys and values; [`snapshot`](super::snapshot) reads them,
//! [`batch`](super::batch) writes them. What each value holds stands in [`pack`](super::pack) or with its record.

use redb::TableDefinition;

pub(super) type Bytes = &'static [u8];

/// Settings of the store itself: its format, what all pages share, the last "now".
pub(super) const META: TableDefinition<'_, &str, Bytes> = TableDefinition::new("meta");
/// The settings that are large and seldom change, such as the registry: what stands beside a record is copied with it.
pub(super) const LARGE: TableDefinition<'_, &str, Bytes> = TableDefinition::new("large");
/// Folder → its files as they were when last looked at.
pub(super) const FOLDERS: TableDefinition<'_, &str, Bytes> = TableDefinition::new("folders");
/// Article → all that is known of it but its body.
pub(super) const ARTICLES: TableDefinition<'_, u32, Bytes> = TableDefinition::new("articles");
/// Article → its address and when it last changed.
pub(super) const ADDRESSES: TableDefinition<'_, u32, Bytes> = TableDefinition::new("addresses");
/// Article → the sentences around the mentions of each entity.
pub(super) const EXCERPTS: TableDefinition<'_, u32, Bytes> = TableDefinition::new("excerpts");
/// Article → the words of its text and the names in its front matter, as bits: see `link::matcher::signature`.
pub(super) const SIGNATURES: TableDefinition<'_, u32, Bytes> = TableDefinition::new("signatures");
/// Article → what lists, neighbours and fingerprints need of it.
pub(super) const ROWS: TableDefinition<'_, u32, Bytes> = TableDefinition::new("rows");
/// (Shelf, month) → its articles, newest first.
pub(super) const LISTS: TableDefinition<'_, (u64, i32), Bytes> = TableDefinition::new("lists");
/// Shelf → the months with articles, newest first, with counts.
pub(super) const HEADS: TableDefinition<'_, u64, Bytes> = TableDefinition::new("heads");
/// Shelf → the entities and stories of its articles, with counts.
pub(super) const COMPANIONS: TableDefinition<'_, u64, Bytes> = TableDefinition::new("companions");
/// Shelf of an entity → how its articles spell its name where nobody registered that, with counts.
pub(super) const SPELLINGS: TableDefinition<'_, u64, Bytes> = TableDefinition::new("spellings");
/// Day → its edition, if that has a file.
pub(super) const EDITIONS: TableDefinition<'_, i32, Bytes> = TableDefinition::new("editions");
/// (Hash of a path or name, article) → 1 if the article is published, else 0.
pub(super) const KEYS: TableDefinition<'_, (u64, u32), u8> = TableDefinition::new("keys");
/// (Hash of what a text refers to, the text) → nothing.
pub(super) const BACKLINKS: TableDefinition<'_, (u64, u32), ()> = TableDefinition::new("backlinks");
/// (Second, article) → nothing: when an article comes or goes by itself.
pub(super) const DUE: TableDefinition<'_, (i64, u32), ()> = TableDefinition::new("due");
/// Source → why it is not published.
pub(super) const WITHHELD: TableDefinition<'_, &str, Bytes> = TableDefinition::new("withheld");
/// Source → what an editor should look at.
pub(super) const FAULTS: TableDefinition<'_, &str, Bytes> = TableDefinition::new("faults");
/// File beside content → what is known of its bytes.
pub(super) const MEDIA: TableDefinition<'_, &str, Bytes> = TableDefinition::new("media");
/// (Old address, article) → nothing.
pub(super) const REDIRECTS: TableDefinition<'_, (&str, u32), ()> =
    TableDefinition::new("redirects");
/// Address without regard to case → what is published there.
pub(super) const OUTPUTS: TableDefinition<'_, &str, Bytes> = TableDefinition::new("outputs");
