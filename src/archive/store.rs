//! The file of the store. In: a file below `.brief/`, opened by `disk`. Out: [`Store`], from which a [`Snapshot`] reads and
//! into which a [`Batch`] writes.
//!
//! The file is redb's: a crash leaves what the last durable commit held. Of a store that cannot be read, or that another
//! version of brief wrote, nothing is used: the build is a cold one.

use redb::{
    Builder, Database, Durability, ReadableDatabase, WriteTransaction, backends::FileBackend,
};

use super::{batch::Batch, snapshot::Snapshot, tables};
use crate::disk::StateFile;

/// Bytes of the store that are kept in memory, of whatever size it is. Twice as much saves nothing that can be measured: the
/// system keeps the file, too.
const CACHE: usize = 10 << 20;

/// Why the store could not be used. Its text is lower case, without a full stop.
#[derive(Debug)]
pub struct StoreError(pub(super) String);

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the state in .brief/ cannot be used: {}", self.0)
    }
}

impl std::error::Error for StoreError {}

macro_rules! from_redb {
    ($($error:ident),*) => {$(
        impl From<redb::$error> for StoreError {
            fn from(error: redb::$error) -> Self {
                Self(error.to_string())
            }
        }
    )*};
}

from_redb!(
    DatabaseError,
    TransactionError,
    TableError,
    StorageError,
    CommitError,
    SavepointError,
    SetDurabilityError
);

/// An open store.
#[derive(Debug)]
pub struct Store {
    database: Database,
}

impl Store {
    /// Opens the store in `file`, which may be empty.
    ///
    /// # Errors
    /// When the file is not a store, is damaged, or is in use.
    pub fn open(file: StateFile) -> Result<Self, StoreError> {
        let database =
            Builder::new().set_cache_size(CACHE).create_with_backend(FileBackend::new(file)?)?;
        Ok(Self { database })
    }

    /// A store in memory, for tests and for who cannot write below the site.
    ///
    /// # Errors
    /// None that are known.
    pub fn in_memory() -> Result<Self, StoreError> {
        let backend = redb::backends::InMemoryBackend::new();
        Ok(Self { database: Builder::new().create_with_backend(backend)? })
    }

    /// Everything as of now; later changes do not reach it.
    ///
    /// # Errors
    /// When the store is damaged, or nothing was ever written into it.
    pub fn snapshot(&self) -> Result<Snapshot, StoreError> {
        Snapshot::new(self.database.begin_read()?)
    }

    /// Begins to change the store; only one can at a time. What is not committed has never been.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn batch(&self) -> Result<Batch, StoreError> {
        let mut transaction = self.database.begin_write()?;
        let before = transaction.ephemeral_savepoint()?;
        make_tables(&mut transaction)?;
        Ok(Batch::new(transaction, before))
    }

    /// Makes everything last that was shown so far. What is killed afterwards opens again without a look at all of it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn settle(&self) -> Result<(), StoreError> {
        let mut transaction = self.database.begin_write()?;
        transaction.set_quick_repair(true);
        transaction.commit()?;
        Ok(())
    }

    /// Takes back everything since [`Batch::mark`].
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn take_back(&self, mark: &Mark) -> Result<(), StoreError> {
        let mut transaction = self.database.begin_write()?;
        transaction.set_durability(Durability::None)?;
        transaction.restore_savepoint(&mark.0)?;
        transaction.commit()?;
        Ok(())
    }
}

/// A state of the store to which it can be taken back while this lives.
pub struct Mark(pub(super) redb::Savepoint);

/// A reader finds every table, also in a store into which nothing was written yet.
fn make_tables(transaction: &mut WriteTransaction) -> Result<(), StoreError> {
    transaction.open_table(tables::META)?;
    transaction.open_table(tables::LARGE)?;
    transaction.open_table(tables::FOLDERS)?;
    transaction.open_table(tables::ARTICLES)?;
    transaction.open_table(tables::ADDRESSES)?;
    transaction.open_table(tables::EXCERPTS)?;
    transaction.open_table(tables::ROWS)?;
    transaction.open_table(tables::LISTS)?;
    transaction.open_table(tables::HEADS)?;
    transaction.open_table(tables::COMPANIONS)?;
    transaction.open_table(tables::SPELLINGS)?;
    transaction.open_table(tables::EDITIONS)?;
    transaction.open_table(tables::KEYS)?;
    transaction.open_table(tables::BACKLINKS)?;
    transaction.open_table(tables::DUE)?;
    transaction.open_table(tables::WITHHELD)?;
    transaction.open_table(tables::FAULTS)?;
    transaction.open_table(tables::MEDIA)?;
    transaction.open_table(tables::REDIRECTS)?;
    transaction.open_table(tables::OUTPUTS)?;
    Ok(())
}
