//! Who may sign in at the operators' console, and as what.
//!
//! Every change is a row of the audit, too, in the same transaction.

use std::path::Path;

use request::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::{Store, StoreError, audit::audit, survey};

/// What somebody may do at the console; each may what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Tells stations, settles what waits, makes backups.
    Operator,
    /// Decides who belongs here: operators, stations, agents, switches.
    Administrator,
}

/// An operator. The hash is nobody's to read: there is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Operator {
    pub name: String,
    pub role: Role,
    /// Of the passphrase: argon2id as a PHC string.
    pub passphrase: String,
    /// When role or passphrase were last changed.
    pub changed_at: Timestamp,
}

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotChanged {
    #[error("there is an operator of that name")]
    Exists,
    #[error("in the audit that name is not a person's")]
    Reserved,
    #[error("there is no operator of that name")]
    Unknown,
    #[error("nobody would be left who may add operators")]
    LastAdministrator,
}

impl Role {
    pub const ALL: [Self; 3] = [Role::Viewer, Role::Operator, Role::Administrator];

    pub fn code(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Operator => "operator",
            Role::Administrator => "administrator",
        }
    }

    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// Who does something in the audit and is no person: the exchange's own work, its
/// command, its console, and whoever has a receipt number.
const RESERVED: [&str; 4] = ["exchange", "command", "console", "citizen"];

type Changed = Result<Result<(), NotChanged>, StoreError>;

impl Store {
    /// In the order of their names.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn operators(&self) -> Result<Vec<Operator>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT name, role, passphrase, changed_at FROM operator ORDER BY name",
        )?;
        let rows = select.query_map([], operator)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// As [`Self::operators`], of a file that an exchange may be serving.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn operators_in(file: &Path) -> Result<Vec<Operator>, StoreError> {
        let connection = survey::look(file)?;
        let mut select = connection
            .prepare("SELECT name, role, passphrase, changed_at FROM operator ORDER BY name")?;
        let rows = select.query_map([], operator)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// # Errors
    /// When the store cannot be read.
    pub fn operator(&self, name: &str) -> Result<Option<Operator>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT name, role, passphrase, changed_at FROM operator WHERE name = ?1",
        )?;
        Ok(select.query_row([name], operator).optional()?)
    }

    /// Adds an operator on somebody's word.
    ///
    /// # Errors
    /// When the store cannot be written; within, why nothing was changed.
    pub fn add_operator(
        &self,
        name: &str,
        role: Role,
        passphrase: &str,
        who: &str,
        now: Timestamp,
    ) -> Changed {
        if RESERVED.contains(&name) {
            return Ok(Err(NotChanged::Reserved));
        }
        self.change(who, &format!("added as {}", role.code()), name, now, |it| {
            let added = it.execute(
                "INSERT INTO operator (name, role, passphrase, changed_at)
                 VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                params![name, role.code(), passphrase, now.as_millis()],
            )?;
            Ok(found(added, NotChanged::Exists))
        })
    }

    /// Gives an operator another role.
    ///
    /// # Errors
    /// As [`Self::add_operator`].
    pub fn give_role(&self, name: &str, role: Role, who: &str, now: Timestamp) -> Changed {
        self.change(who, &format!("made {}", role.code()), name, now, |it| {
            let changed = it.execute(
                "UPDATE operator SET role = ?2, changed_at = ?3 WHERE name = ?1",
                params![name, role.code(), now.as_millis()],
            )?;
            Ok(found(changed, NotChanged::Unknown))
        })
    }

    /// Gives an operator another passphrase, by its hash.
    ///
    /// # Errors
    /// As [`Self::add_operator`].
    pub fn give_passphrase(
        &self,
        name: &str,
        passphrase: &str,
        who: &str,
        now: Timestamp,
    ) -> Changed {
        self.change(who, "gave a passphrase to", name, now, |it| {
            let changed = it.execute(
                "UPDATE operator SET passphrase = ?2, changed_at = ?3 WHERE name = ?1",
                params![name, passphrase, now.as_millis()],
            )?;
            Ok(found(changed, NotChanged::Unknown))
        })
    }

    /// Strikes an operator off.
    ///
    /// # Errors
    /// As [`Self::add_operator`].
    pub fn strike_operator(&self, name: &str, who: &str, now: Timestamp) -> Changed {
        self.change(who, "struck off operator", name, now, |it| {
            let struck = it.execute("DELETE FROM operator WHERE name = ?1", [name])?;
            Ok(found(struck, NotChanged::Unknown))
        })
    }

    /// Writes it down and does it, or does neither.
    fn change(
        &self,
        who: &str,
        act: &str,
        name: &str,
        now: Timestamp,
        deed: impl FnOnce(&Transaction<'_>) -> Result<Result<(), NotChanged>, StoreError>,
    ) -> Changed {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let had = administrators(&transaction)?;
        audit(&transaction, now, who, act, name)?;
        if let Err(why) = deed(&transaction)? {
            return Ok(Err(why));
        }
        if had > 0 && administrators(&transaction)? == 0 {
            return Ok(Err(NotChanged::LastAdministrator));
        }
        transaction.commit()?;
        Ok(Ok(()))
    }
}

fn administrators(transaction: &Transaction<'_>) -> Result<i64, StoreError> {
    let count = "SELECT count(*) FROM operator WHERE role = 'administrator'";
    Ok(transaction.query_row(count, [], |row| row.get(0))?)
}

fn found(rows: usize, otherwise: NotChanged) -> Result<(), NotChanged> {
    (rows > 0).then_some(()).ok_or(otherwise)
}

fn operator(row: &Row<'_>) -> rusqlite::Result<Operator> {
    let role: String = row.get(1)?;
    Ok(Operator {
        name: row.get(0)?,
        // The table holds no other.
        role: Role::of(&role).unwrap_or(Role::Viewer),
        passphrase: row.get(2)?,
        changed_at: Timestamp::from_millis(row.get(3)?),
    })
}

#[cfg(test)]
#[path = "operators/tests.rs"]
mod tests;
