//! The door: who is let in, and with which name.

use std::{
    net::{IpAddr, SocketAddr},
    sync::{Mutex, MutexGuard, PoisonError, RwLock},
    time::{Duration, Instant},
};

use lockout::{Locked, Lockout, Patience};
use rsipstack::sip::{Header, Method, Request, StatusCode};
use sip::{
    admission::{self, Admission, Limits},
    digest::{AccountKey, Authorization, Failure, Verifier},
};

use crate::{
    Accounts,
    headers::{Fields, uri_in},
};

const LOCKOUT_ENTRIES_MAX: usize = 10_000;

/// What a request is refused with.
pub(crate) struct Refused {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<Header>,
}

/// Who may call without a password.
#[derive(Clone, Debug)]
pub enum Callers {
    /// Whoever reaches the lines, except under an account's name: behind a border
    /// controller that has asked already.
    Anyone,
    /// These trunks; everybody else proves an account.
    Trunks(Vec<IpAddr>),
    /// Only these, and nobody else at all (403): a telephone's own switch.
    Only(Vec<IpAddr>),
}

pub(crate) struct Door {
    accounts: RwLock<Accounts>,
    callers: Callers,
    /// The number dialled for emergencies.
    emergency: Option<String>,
    state: Mutex<State>,
}

struct State {
    admission: Admission,
    verifier: Verifier,
    lockout: Lockout,
}

impl Door {
    pub(crate) fn new(
        verifier: Verifier,
        accounts: Accounts,
        callers: Callers,
        emergency: Option<String>,
        limits: Limits,
        [sources, names]: [Patience; 2],
    ) -> Self {
        Self {
            accounts: RwLock::new(accounts),
            callers,
            emergency,
            state: Mutex::new(State {
                admission: Admission::new(limits),
                verifier,
                lockout: Lockout::new(sources, names, LOCKOUT_ENTRIES_MAX),
            }),
        }
    }

    /// Whether there is room for a new call or a registration.
    pub(crate) fn admit(
        &self,
        request: &Request,
        source: SocketAddr,
        now: Instant,
    ) -> Result<(), Refused> {
        let dialled = request.uri.auth.as_ref().map(|it| it.user.as_str());
        let kind = if request.method == Method::Register {
            admission::Request::Registration
        } else if self.emergency.is_some() && dialled == self.emergency.as_deref() {
            admission::Request::Emergency
        } else {
            admission::Request::Call
        };
        let admitted = self.state().admission.admit(kind, source.ip(), now);
        admitted.map_err(|overload| Refused {
            status: StatusCode::ServiceUnavailable,
            headers: vec![retry_after(overload.retry_after)],
        })
    }

    /// The account a caller has proven; `None` for a trunk.
    pub(crate) fn caller(
        &self,
        request: &Request,
        source: SocketAddr,
        now: Instant,
    ) -> Result<Option<String>, Refused> {
        match &self.callers {
            // Whoever claims to be a telephone of ours proves it.
            Callers::Anyone if self.is_account(claimed(request)) => {
                self.proven(request, source, now).map(Some)
            }
            Callers::Anyone => Ok(None),
            Callers::Trunks(trunks) if trunks.contains(&source.ip()) => Ok(None),
            Callers::Trunks(_) => self.proven(request, source, now).map(Some),
            Callers::Only(known) if known.contains(&source.ip()) => Ok(None),
            Callers::Only(_) => Err(Refused {
                status: StatusCode::Forbidden,
                headers: Vec::new(),
            }),
        }
    }

    /// The account a request proves.
    pub(crate) fn proven(
        &self,
        request: &Request,
        source: SocketAddr,
        now: Instant,
    ) -> Result<String, Refused> {
        let mut state = self.state();
        let value = request.headers.iter().find_map(|it| {
            let known = it.name().eq_ignore_ascii_case("Authorization");
            known.then(|| Authorization::parse(it.value()))
        });
        let Some(Some(authorization)) = value else {
            return Err(state.challenge(false, now));
        };
        let account = &authorization.username;
        if let Err(Locked { wait }) = state.lockout.may_try(source.ip(), account, now) {
            tracing::warn!(source = %source.ip(), "Locked out who guesses passwords");
            return Err(Refused {
                status: StatusCode::Forbidden,
                headers: vec![retry_after(wait)],
            });
        }
        let method = request.method.to_string();
        let accounts = self.accounts.read();
        let accounts = accounts.unwrap_or_else(PoisonError::into_inner);
        let key = accounts.key(account);
        match state.verifier.verify(&authorization, &method, key, now) {
            Ok(()) => {
                state.lockout.succeeded(account);
                Ok(account.clone())
            }
            Err(Failure::Stale) => Err(state.challenge(true, now)),
            Err(Failure::Wrong) => {
                state.lockout.failed(source.ip(), account, now);
                Err(state.challenge(false, now))
            }
        }
    }

    fn is_account(&self, name: Option<String>) -> bool {
        let accounts = self.accounts.read();
        let accounts = accounts.unwrap_or_else(PoisonError::into_inner);
        name.is_some_and(|it| accounts.contains(&it))
    }

    /// Lets this account in from now on, with this key.
    pub(crate) fn open_to(&self, account: &str, key: AccountKey) {
        let accounts = self.accounts.write();
        let mut accounts = accounts.unwrap_or_else(PoisonError::into_inner);
        accounts.insert(account, key);
    }

    /// Lets it in no more.
    pub(crate) fn close_to(&self, account: &str) {
        let accounts = self.accounts.write();
        let mut accounts = accounts.unwrap_or_else(PoisonError::into_inner);
        accounts.remove(account);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn challenge(&mut self, stale: bool, now: Instant) -> Refused {
        let challenges = self.verifier.challenges(stale, now);
        Refused {
            status: StatusCode::Unauthorized,
            headers: challenges
                .into_iter()
                .map(|it| Header::WwwAuthenticate(it.into()))
                .collect(),
        }
    }
}

/// Whom a request claims to be from.
fn claimed(request: &Request) -> Option<String> {
    let from = uri_in(request.headers.first("From")?)?;
    from.auth.map(|it| sip::escape::decoded(&it.user))
}

/// Whole seconds, and never none.
fn retry_after(wait: Duration) -> Header {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    Header::RetryAfter(seconds.max(1).to_string().into())
}
