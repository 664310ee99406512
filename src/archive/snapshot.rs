//! Reads the store. In: keys. Out: records. [`Snapshot::new`] is the entry; every thread may read at once.
//!
//! Reading cannot fail: where the store turns out to be damaged, a read gives nothing and [`Snapshot::fault`] tells, before
//! anything that was made of it is published.

use std::sync::OnceLock;

use redb::{Key, ReadOnlyTable, ReadTransaction, TableDefinition, Value};
use serde::de::DeserializeOwned;

use super::{
    pack::unseal,
    store::StoreError,
    tables::{self, Bytes},
};

/// The store as it was at one moment.
pub struct Snapshot {
    pub(super) meta: ReadOnlyTable<&'static str, Bytes>,
    pub(super) folders: ReadOnlyTable<&'static str, Bytes>,
    pub(super) articles: ReadOnlyTable<u32, Bytes>,
    pub(super) addresses: ReadOnlyTable<u32, Bytes>,
    pub(super) excerpts: ReadOnlyTable<u32, Bytes>,
    pub(super) rows: ReadOnlyTable<u32, Bytes>,
    pub(super) lists: ReadOnlyTable<(u64, i32), Bytes>,
    pub(super) heads: ReadOnlyTable<u64, Bytes>,
    pub(super) companions: ReadOnlyTable<u64, Bytes>,
    pub(super) spellings: ReadOnlyTable<u64, Bytes>,
    pub(super) editions: ReadOnlyTable<i32, Bytes>,
    pub(super) keys: ReadOnlyTable<(u64, u32), u8>,
    pub(super) backlinks: ReadOnlyTable<(u64, u32), ()>,
    pub(super) due: ReadOnlyTable<(i64, u32), ()>,
    pub(super) withheld: ReadOnlyTable<&'static str, Bytes>,
    pub(super) faults: ReadOnlyTable<&'static str, Bytes>,
    pub(super) media: ReadOnlyTable<&'static str, Bytes>,
    pub(super) redirects: ReadOnlyTable<(&'static str, u32), ()>,
    pub(super) outputs: ReadOnlyTable<&'static str, Bytes>,
    /// For what is read so seldom that its table is opened only then: opening one reads its first record.
    transaction: ReadTransaction,
    fault: OnceLock<String>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").finish_non_exhaustive()
    }
}

impl Snapshot {
    /// Everything that a transaction sees.
    pub(super) fn new(transaction: ReadTransaction) -> Result<Self, StoreError> {
        Ok(Self {
            meta: transaction.open_table(tables::META)?,
            folders: transaction.open_table(tables::FOLDERS)?,
            articles: transaction.open_table(tables::ARTICLES)?,
            addresses: transaction.open_table(tables::ADDRESSES)?,
            excerpts: transaction.open_table(tables::EXCERPTS)?,
            rows: transaction.open_table(tables::ROWS)?,
            lists: transaction.open_table(tables::LISTS)?,
            heads: transaction.open_table(tables::HEADS)?,
            companions: transaction.open_table(tables::COMPANIONS)?,
            spellings: transaction.open_table(tables::SPELLINGS)?,
            editions: transaction.open_table(tables::EDITIONS)?,
            keys: transaction.open_table(tables::KEYS)?,
            backlinks: transaction.open_table(tables::BACKLINKS)?,
            due: transaction.open_table(tables::DUE)?,
            withheld: transaction.open_table(tables::WITHHELD)?,
            faults: transaction.open_table(tables::FAULTS)?,
            media: transaction.open_table(tables::MEDIA)?,
            redirects: transaction.open_table(tables::REDIRECTS)?,
            outputs: transaction.open_table(tables::OUTPUTS)?,
            transaction,
            fault: OnceLock::new(),
        })
    }

    /// What is wrong with the store, once a read has met it.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.get().map(String::as_str)
    }

    /// Notes that the store is damaged; gives nothing.
    pub(super) fn note<T>(&self, fault: impl ToString) -> Option<T> {
        // The first is told; what follows from it is not news.
        let _ = self.fault.set(fault.to_string());
        None
    }

    /// What `read` makes of the value of a key.
    pub(super) fn with<'k, K: Key, T>(
        &self,
        table: &ReadOnlyTable<K, Bytes>,
        key: impl std::borrow::Borrow<K::SelfType<'k>>,
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Option<T> {
        match table.get(key) {
            Ok(Some(value)) => {
                let made = unseal(value.value()).and_then(read);
                if made.is_none() {
                    self.note::<T>("a record is damaged");
                }
                made
            }
            Ok(None) => None,
            Err(error) => self.note(error),
        }
    }

    /// The record of a key.
    pub(super) fn record<'k, K: Key, T: DeserializeOwned>(
        &self,
        table: &ReadOnlyTable<K, Bytes>,
        key: impl std::borrow::Borrow<K::SelfType<'k>>,
    ) -> Option<T> {
        self.with(table, key, |bytes| postcard::from_bytes(bytes).ok())
    }

    /// What `read` makes of each entry of a range of keys, as long as it makes something, in the order of the keys.
    pub(super) fn each<'k, K: Key, V: Value, R, T>(
        &self,
        table: &ReadOnlyTable<K, V>,
        range: impl std::ops::RangeBounds<R> + 'k,
        mut read: impl FnMut(K::SelfType<'_>, V::SelfType<'_>) -> Option<T>,
    ) -> Vec<T>
    where
        R: std::borrow::Borrow<K::SelfType<'k>> + 'k,
    {
        let mut all = Vec::new();
        match table.range::<R>(range) {
            Ok(entries) => {
                for entry in entries {
                    match entry {
                        Ok((key, value)) => match read(key.value(), value.value()) {
                            Some(made) => all.push(made),
                            None => break,
                        },
                        Err(error) => {
                            self.note::<T>(error);
                            break;
                        }
                    }
                }
            }
            Err(error) => _ = self.note::<T>(error),
        }
        all
    }

    /// A value of the store's own settings.
    #[must_use]
    pub fn setting<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        self.record(&self.meta, name)
    }

    /// A setting that is large and seldom changes.
    #[must_use]
    pub fn large<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        self.record(&self.open(tables::LARGE)?, name)
    }

    /// A table that is seldom read.
    pub(super) fn open<K: Key + 'static>(
        &self,
        table: TableDefinition<'_, K, Bytes>,
    ) -> Option<ReadOnlyTable<K, Bytes>> {
        match self.transaction.open_table(table) {
            Ok(table) => Some(table),
            Err(error) => self.note(error),
        }
    }
}
