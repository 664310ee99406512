//! Writes the store. In: records by key. Out: nothing, until [`Batch::commit`] or [`Batch::show`].

use jiff::civil::Date;
use redb::{Durability, Key, Savepoint, Table, TableDefinition, WriteTransaction};
use serde::Serialize;

use super::{
    Folder, Output, Published,
    editions::edition_number,
    pack::{self, seal},
    store::{Mark, StoreError},
    tables::{self, Bytes},
};
use crate::{
    diag::Diagnostic,
    model::{
        day::Month,
        newsroom::{Address, ArticleId, EntityIdx, Excerpt, Filed, Item, Media, Row, Stand},
        tongue::Tongue,
    },
};

/// Changes that become visible together.
pub struct Batch {
    transaction: WriteTransaction,
    before: Savepoint,
}

impl Batch {
    pub(super) fn new(transaction: WriteTransaction, before: Savepoint) -> Self {
        Self { transaction, before }
    }

    /// Makes the changes last, also through a crash.
    ///
    /// # Errors
    /// When the disk refuses; then nothing has changed.
    pub fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit()?)
    }

    /// Shows the changes to this process alone. They last only once a later batch is committed; what is returned can take
    /// them back until then.
    ///
    /// # Errors
    /// When the disk refuses; then nothing has changed.
    pub fn show(mut self) -> Result<Mark, StoreError> {
        self.transaction.set_durability(Durability::None)?;
        self.transaction.commit()?;
        Ok(Mark(self.before))
    }

    fn table<K: Key, V: redb::Value>(
        &self,
        table: TableDefinition<'_, K, V>,
    ) -> Result<Table<'_, K, V>, StoreError> {
        Ok(self.transaction.open_table(table)?)
    }

    fn put<'k, K: Key>(
        &self,
        table: TableDefinition<'_, K, Bytes>,
        key: impl std::borrow::Borrow<K::SelfType<'k>>,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        self.table(table)?.insert(key, seal(bytes.to_vec()).as_slice())?;
        Ok(())
    }

    /// A value of the store's own settings.
    ///
    /// # Errors
    /// When the disk refuses. The same holds for all that follow.
    pub fn put_setting(&self, name: &str, value: &impl Serialize) -> Result<(), StoreError> {
        self.put(tables::META, name, &encode(value)?)
    }

    /// A setting that is large and seldom changes.
    pub fn put_large(&self, name: &str, value: &impl Serialize) -> Result<(), StoreError> {
        self.put(tables::LARGE, name, &encode(value)?)
    }

    /// The files of folders; a folder without any is forgotten.
    pub fn put_folders<'f>(
        &self,
        folders: impl IntoIterator<Item = (&'f str, &'f Folder)>,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::FOLDERS)?;
        for (path, folder) in folders {
            if folder.files.is_empty() {
                table.remove(path)?;
            } else {
                table.insert(path, seal(encode(folder)?).as_slice())?;
            }
        }
        Ok(())
    }

    /// Articles in the order of their numbers.
    pub fn put_articles(
        &self,
        articles: impl IntoIterator<Item = (ArticleId, Option<Encoded>)>,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::ARTICLES)?;
        let mut addresses = self.table(tables::ADDRESSES)?;
        let mut excerpts = self.table(tables::EXCERPTS)?;
        let mut signatures = self.table(tables::SIGNATURES)?;
        for (id, article) in articles {
            match article {
                Some(article) => {
                    table.insert(id.0, article.filed.as_slice())?;
                    addresses.insert(id.0, article.address.as_slice())?;
                    excerpts.insert(id.0, article.excerpts.as_slice())?;
                    signatures.insert(id.0, article.signature.as_slice())?;
                }
                None => {
                    table.remove(id.0)?;
                    addresses.remove(id.0)?;
                    excerpts.remove(id.0)?;
                    signatures.remove(id.0)?;
                }
            }
        }
        Ok(())
    }

    /// Rows, in the order of their numbers.
    pub fn put_rows<'r>(
        &self,
        rows: impl IntoIterator<Item = (ArticleId, Option<&'r Row>)>,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::ROWS)?;
        let mut bytes = Vec::new();
        for (id, row) in rows {
            match row {
                Some(row) => {
                    bytes.clear();
                    pack::row(row, &mut bytes);
                    bytes = seal(bytes);
                    table.insert(id.0, bytes.as_slice())?;
                }
                None => _ = table.remove(id.0)?,
            }
        }
        Ok(())
    }

    /// The articles of months of shelves, newest first; a month without any is forgotten.
    pub fn put_lists(
        &self,
        lists: impl IntoIterator<Item = (Stand, Month, Vec<Item>)>,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::LISTS)?;
        for (shelf, month, items) in lists {
            let key = (shelf.number(), month.number());
            if items.is_empty() {
                table.remove(key)?;
            } else {
                table.insert(key, seal(pack::items(&items)).as_slice())?;
            }
        }
        Ok(())
    }

    /// The months of shelves, newest first, with the number of articles in each.
    pub fn put_heads(
        &self,
        heads: impl IntoIterator<Item = (Stand, Vec<(Month, usize)>)>,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::HEADS)?;
        for (shelf, months) in heads {
            let pairs = months.into_iter().map(|(month, count)| {
                (month.number().cast_unsigned(), u32::try_from(count).unwrap_or(u32::MAX))
            });
            table.insert(shelf.number(), seal(pack::pairs(pairs)).as_slice())?;
        }
        Ok(())
    }

    /// The companions of shelves' articles, sorted by number, with counts.
    pub fn put_companions(
        &self,
        companions: impl IntoIterator<Item = (Stand, Vec<(u32, u32)>)>,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::COMPANIONS)?;
        for (shelf, counts) in companions {
            table.insert(shelf.number(), seal(pack::pairs(counts)).as_slice())?;
        }
        Ok(())
    }

    /// Spellings that a shelf's articles have of its entity's name, sorted, with counts; a shelf without any is forgotten.
    pub fn put_spellings(
        &self,
        spellings: impl IntoIterator<Item = (Stand, Vec<(Box<str>, u32)>)>,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::SPELLINGS)?;
        for (shelf, counts) in spellings {
            if counts.is_empty() {
                table.remove(shelf.number())?;
            } else {
                table.insert(shelf.number(), seal(encode(&counts)?).as_slice())?;
            }
        }
        Ok(())
    }

    /// A day's edition in a language; `None` forgets it.
    pub fn put_edition(
        &self,
        tongue: Tongue,
        date: Date,
        edition: Option<Vec<u8>>,
    ) -> Result<(), StoreError> {
        let day = edition_number(tongue, date);
        match edition {
            Some(bytes) => self.put(tables::EDITIONS, day, &bytes),
            None => {
                self.table(tables::EDITIONS)?.remove(day)?;
                Ok(())
            }
        }
    }

    /// What articles are called by: a key, the article, and whether it is published; `None` forgets it.
    pub fn put_keys(
        &self,
        keys: impl IntoIterator<Item = ((u64, u32), Option<bool>)>,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::KEYS)?;
        for (key, published) in keys {
            match published {
                Some(published) => _ = table.insert(key, u8::from(published))?,
                None => _ = table.remove(key)?,
            }
        }
        Ok(())
    }

    /// What texts refer to; `false` forgets it.
    pub fn put_backlinks(
        &self,
        backlinks: impl IntoIterator<Item = ((u64, u32), bool)>,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::BACKLINKS)?;
        for (key, is_there) in backlinks {
            if is_there {
                table.insert(key, ())?;
            } else {
                table.remove(key)?;
            }
        }
        Ok(())
    }

    /// When articles come and go by themselves; `false` forgets it.
    pub fn put_due(
        &self,
        due: impl IntoIterator<Item = ((i64, u32), bool)>,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::DUE)?;
        for (key, is_there) in due {
            if is_there {
                table.insert(key, ())?;
            } else {
                table.remove(key)?;
            }
        }
        Ok(())
    }

    /// Why a source is not published; `None` forgets it.
    pub fn put_withheld(
        &self,
        source: &str,
        reason: Option<&impl Serialize>,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::WITHHELD)?;
        match reason {
            Some(reason) => _ = table.insert(source, seal(encode(reason)?).as_slice())?,
            None => _ = table.remove(source)?,
        }
        Ok(())
    }

    /// What there is to say of a source.
    pub fn put_faults(&self, source: &str, faults: &[Diagnostic]) -> Result<(), StoreError> {
        let mut table = self.table(tables::FAULTS)?;
        if faults.is_empty() {
            table.remove(source)?;
        } else {
            table.insert(source, seal(encode(&faults)?).as_slice())?;
        }
        Ok(())
    }

    /// A file beside content; `None` forgets it.
    pub fn put_media(&self, path: &str, media: Option<&Option<Media>>) -> Result<(), StoreError> {
        let mut table = self.table(tables::MEDIA)?;
        match media {
            Some(media) => _ = table.insert(path, seal(encode(media)?).as_slice())?,
            None => _ = table.remove(path)?,
        }
        Ok(())
    }

    /// An old address of an article; `false` forgets it.
    pub fn put_redirect(
        &self,
        from: &str,
        to: ArticleId,
        is_there: bool,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::REDIRECTS)?;
        if is_there {
            table.insert((from, to.0), ())?;
        } else {
            table.remove((from, to.0))?;
        }
        Ok(())
    }

    /// What is published, by [`Output::key`]; `None` forgets it.
    pub fn put_outputs<'o>(
        &self,
        outputs: impl IntoIterator<Item = (&'o str, Option<&'o Published>)>,
    ) -> Result<(), StoreError> {
        let mut table = self.table(tables::OUTPUTS)?;
        let mut bytes = Vec::new();
        for (file, published) in outputs {
            let key = Output::key(file);
            match published {
                Some(published) => {
                    bytes.clear();
                    published.pack(if *key == *file { "" } else { file }, &mut bytes);
                    bytes = seal(bytes);
                    table.insert(&*key, bytes.as_slice())?;
                }
                None => _ = table.remove(&*key)?,
            }
        }
        Ok(())
    }
}

/// An article as the store keeps it.
#[derive(Debug)]
pub struct Encoded {
    filed: Vec<u8>,
    address: Vec<u8>,
    excerpts: Vec<u8>,
    signature: Vec<u8>,
}

impl Encoded {
    /// All that is known of an article, the sentences in which its text mentions entities, and its signature.
    ///
    /// # Errors
    /// As [`encode`].
    pub fn new(
        filed: &Filed,
        excerpts: &[(EntityIdx, &Excerpt)],
        signature: &[u8],
    ) -> Result<Self, StoreError> {
        let heading = &filed.summary.heading;
        let address = Address {
            route: filed.ties.route.clone(),
            title: heading.title.clone(),
            lang: heading.lang.clone(),
            tongue: heading.tongue,
            modified: heading.modified(),
        };
        Ok(Self {
            filed: seal(encode(filed)?),
            address: seal(encode(&address)?),
            excerpts: seal(pack::excerpts(excerpts)),
            signature: seal(signature.to_vec()),
        })
    }
}

/// A record as bytes.
///
/// # Errors
/// When it holds what the store's form cannot say; no record of brief does.
pub fn encode(record: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    postcard::to_stdvec(record).map_err(|error| StoreError(error.to_string()))
}
