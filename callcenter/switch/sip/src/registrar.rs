//! The registrar: where each account's telephone is reached (RFC 3261 §10.3).

use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddr,
    time::{Duration, Instant},
};

use thiserror::Error;

/// How long a telephone may be registered, and how many one account may have.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    pub shortest: Duration,
    pub longest: Duration,
    /// When the telephone does not say.
    pub usual: Duration,
    pub contacts_max: usize,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            shortest: Duration::from_secs(60),
            longest: Duration::from_secs(3_600),
            usual: Duration::from_secs(600),
            contacts_max: 4,
        }
    }
}

/// How a telephone came in, and how it is called back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Udp,
    Tcp,
    Tls,
}

/// One contact of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Its URI as the telephone wrote it.
    pub contact: String,
    pub source: SocketAddr,
    pub transport: Transport,
    pub expires_at: Instant,
    call_id: String,
    sequence: u32,
}

/// What one REGISTER asks for, already authenticated.
#[derive(Clone, Debug)]
pub struct Registration {
    pub account: String,
    pub source: SocketAddr,
    pub transport: Transport,
    pub call_id: String,
    pub sequence: u32,
    pub wish: Wish,
}

#[derive(Clone, Debug)]
pub enum Wish {
    /// No Contact: what is bound?
    Ask,
    /// `Contact: *` with `Expires: 0`.
    RemoveAll,
    /// Each contact with its expiry; zero removes it, `None` leaves it to us.
    Bind(Vec<(String, Option<Duration>)>),
}

/// Why a registration is refused; nothing of it was done (RFC 3261 §10.3, item 7).
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    /// 423 with `Min-Expires`.
    #[error("the interval is too brief")]
    TooBrief { shortest: Duration },
    /// 403.
    #[error("the account has too many contacts")]
    TooMany,
    /// 500: an older request came later.
    #[error("the request is out of order")]
    OutOfOrder,
}

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The account can be reached, or at another place than before.
    Registered { account: String, source: SocketAddr },
    /// The same once more.
    Refreshed { account: String },
    /// The account's last telephone was not heard of in time.
    Expired { account: String },
    /// The account's last telephone has said goodbye.
    Removed { account: String },
}

/// All bindings.
pub struct Registrar {
    terms: Terms,
    accounts: BTreeMap<String, Vec<Binding>>,
    changes: VecDeque<Change>,
}

impl Registrar {
    pub fn new(terms: Terms) -> Self {
        Self {
            terms,
            accounts: BTreeMap::new(),
            changes: VecDeque::new(),
        }
    }

    /// Does what a REGISTER asks for, all of it or nothing.
    ///
    /// # Errors
    /// When it is refused.
    pub fn handle(&mut self, registration: Registration, now: Instant) -> Result<(), Refusal> {
        self.handle_timeout(now);
        let account = registration.account.clone();
        let before = self.accounts.get(&account).cloned().unwrap_or_default();
        let after = match &registration.wish {
            Wish::Ask => return Ok(()),
            Wish::RemoveAll => {
                if before.iter().any(|it| it.is_after(&registration)) {
                    return Err(Refusal::OutOfOrder);
                }
                Vec::new()
            }
            Wish::Bind(contacts) => self.bound(&before, contacts, &registration, now)?,
        };
        self.changes.extend(change(&account, &before, &after));
        if after.is_empty() {
            self.accounts.remove(&account);
        } else {
            self.accounts.insert(account, after);
        }
        Ok(())
    }

    /// Lets go of what was not refreshed.
    pub fn handle_timeout(&mut self, now: Instant) {
        let changes = &mut self.changes;
        self.accounts.retain(|account, bindings| {
            bindings.retain(|it| it.expires_at > now);
            if bindings.is_empty() {
                let account = account.clone();
                changes.push_back(Change::Expired { account });
            }
            !bindings.is_empty()
        });
    }

    pub fn poll_command(&mut self) -> Option<Change> {
        self.changes.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        let bindings = self.accounts.values().flatten();
        bindings.map(|it| it.expires_at).min()
    }

    /// Where an account is reached, what was bound last first.
    pub fn bindings(&self, account: &str) -> &[Binding] {
        self.accounts.get(account).map_or(&[], Vec::as_slice)
    }

    /// Lets go of an account's telephones: nobody may register them any more.
    pub fn unregister(&mut self, account: &str) {
        if self.accounts.remove(account).is_some() {
            let account = account.to_owned();
            self.changes.push_back(Change::Removed { account });
        }
    }

    /// Lets go of what came over a connection that is closed (RFC 5626 §5.3).
    pub fn flow_closed(&mut self, source: SocketAddr) {
        let changes = &mut self.changes;
        self.accounts.retain(|account, bindings| {
            bindings.retain(|it| it.transport == Transport::Udp || it.source != source);
            if bindings.is_empty() {
                let account = account.clone();
                changes.push_back(Change::Removed { account });
            }
            !bindings.is_empty()
        });
    }

    fn bound(
        &self,
        before: &[Binding],
        contacts: &[(String, Option<Duration>)],
        registration: &Registration,
        now: Instant,
    ) -> Result<Vec<Binding>, Refusal> {
        let Terms {
            shortest,
            longest,
            usual,
            contacts_max,
        } = self.terms;
        let mut after = before.to_vec();
        for (contact, asked) in contacts {
            let mut same = after.iter().filter(|it| it.contact == *contact);
            if same.any(|it| it.is_after(registration)) {
                return Err(Refusal::OutOfOrder);
            }
            after.retain(|it| it.contact != *contact);
            let expires = asked.unwrap_or(usual);
            if expires.is_zero() {
                continue;
            }
            if expires < shortest {
                return Err(Refusal::TooBrief { shortest });
            }
            let binding = Binding {
                contact: contact.clone(),
                source: registration.source,
                transport: registration.transport,
                expires_at: now + expires.min(longest),
                call_id: registration.call_id.clone(),
                sequence: registration.sequence,
            };
            after.insert(0, binding);
        }
        if after.len() > contacts_max {
            return Err(Refusal::TooMany);
        }
        Ok(after)
    }
}

impl Binding {
    /// RFC 3261 §10.3, item 7: within one Call-ID the numbers grow.
    fn is_after(&self, registration: &Registration) -> bool {
        self.call_id == registration.call_id && self.sequence >= registration.sequence
    }
}

fn change(account: &str, before: &[Binding], after: &[Binding]) -> Option<Change> {
    let account = account.to_owned();
    let place = |bindings: &[Binding]| {
        let first = bindings.first()?;
        Some((first.contact.clone(), first.source))
    };
    match (place(before), place(after)) {
        (None, None) => None,
        (Some(_), None) => Some(Change::Removed { account }),
        (old, Some(new)) if old.as_ref() == Some(&new) => Some(Change::Refreshed { account }),
        (_, Some((_, source))) => Some(Change::Registered { account, source }),
    }
}
