//! Finds out whether a passphrase is right, away from the switch's loop.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use cti::{Claim, Proof, SignInRefusal};
use distributor::AgentId;
use lockout::{Lockout, Patience};
use privacy::Personal;
use tokio::sync::Semaphore;

use crate::{attendance::Proven, center::Center, passphrases::Passphrases};

/// Hashes at once: each takes 19 MiB and a processor for a while.
const HASHES_MOST: usize = 2;
/// Who has waited so long for its turn is told to try again.
const TURN_WITHIN: Duration = Duration::from_secs(30);
const REMEMBERED_MOST: usize = 4_096;

const PATIENCE_WITH_AGENTS: Patience = Patience {
    tries: 5,
    first_wait: Duration::from_secs(30),
    longest_wait: Duration::from_secs(900),
    forgotten_after: Duration::from_secs(3_600),
};
/// A desk has many agents in a day.
const PATIENCE_WITH_SOURCES: Patience = Patience {
    tries: 20,
    first_wait: Duration::from_secs(30),
    longest_wait: Duration::from_secs(900),
    forgotten_after: Duration::from_secs(3_600),
};

pub(super) struct Checker {
    passphrases: Passphrases,
    agents: BTreeMap<String, AgentId>,
    lockout: Mutex<Lockout>,
    turns: Semaphore,
}

impl Checker {
    pub(super) fn new(passphrases: Passphrases, center: &Center) -> Self {
        let agents = center.agents.iter();
        Self {
            passphrases,
            agents: agents.map(|it| (it.account.clone(), it.id)).collect(),
            lockout: Mutex::new(Lockout::new(
                PATIENCE_WITH_SOURCES,
                PATIENCE_WITH_AGENTS,
                REMEMBERED_MOST,
            )),
            turns: Semaphore::new(HASHES_MOST),
        }
    }

    /// Whose claim it is, and why it is believed so far.
    pub(super) async fn check(
        &self,
        claim: Claim,
        from: IpAddr,
    ) -> Result<(AgentId, Proven), SignInRefusal> {
        let agent = self.agents.get(&claim.account).copied();
        let passphrase = match claim.proof {
            Proof::Resumption(token) => {
                let agent = agent.ok_or(SignInRefusal::SessionOver)?;
                return Ok((agent, Proven::ByResumption(token)));
            }
            Proof::Passphrase(passphrase) => passphrase,
        };
        // Few at a time, so that nobody tries many before the first is found to
        // be wrong.
        let turn = tokio::time::timeout(TURN_WITHIN, self.turns.acquire()).await;
        let Ok(Ok(_turn)) = turn else {
            return Err(SignInRefusal::Busy);
        };
        let may = self.lockout().may_try(from, &claim.account, Instant::now());
        if let Err(locked) = may {
            let seconds = locked.wait.as_secs() + 1;
            return Err(SignInRefusal::LockedOut { seconds });
        }
        let is_right = match agent {
            Some(_) => self.is_right(claim.account.clone(), passphrase).await?,
            None => None,
        };
        match (agent, is_right) {
            (Some(agent), Some(true)) => {
                self.lockout().succeeded(&claim.account);
                Ok((agent, Proven::ByPassphrase))
            }
            (_, answer) => {
                tracing::warn!(%from, "A passphrase was wrong, or nobody's");
                self.lockout().failed(from, &claim.account, Instant::now());
                Err(match answer {
                    Some(_) => SignInRefusal::WrongPassphrase,
                    None => SignInRefusal::Unknown,
                })
            }
        }
    }

    async fn is_right(
        &self,
        account: String,
        passphrase: Personal<String>,
    ) -> Result<Option<bool>, SignInRefusal> {
        let passphrases = self.passphrases.clone();
        let hashing = move || passphrases.verify(&account, &passphrase);
        match tokio::task::spawn_blocking(hashing).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => {
                tracing::error!(%error, "The agents' passphrases cannot be used");
                Err(SignInRefusal::Busy)
            }
            Err(_) => Err(SignInRefusal::Busy),
        }
    }

    fn lockout(&self) -> MutexGuard<'_, Lockout> {
        self.lockout.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
