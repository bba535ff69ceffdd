//! The two-person checks while the exchange runs: the register is asked, facts are
//! written down before they take effect, questions are held until there is news, and
//! checks end in time.

mod opening;

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use ledger::Store;
use request::{CheckId, StationId, Timestamp};
use vouching::{
    CheckFact, CheckRefusal, Checks, DeskDeed, DeskSheet, KioskDeed, KioskView, Seat, Speaker,
    WaitingChecks,
};

use crate::{bell::Bell, clock::Clock, http::Problem};

/// When the ledger cannot be written.
const RETRY: Duration = Duration::from_secs(5);

/// The checks, and a bell for those who wait for something in them.
pub(crate) struct OpenChecks {
    checks: Mutex<Checks>,
    bell: Bell,
    store: Store,
    clock: Clock,
    /// Distinguishes this run of the exchange from every other.
    run: Timestamp,
    opened: AtomicU64,
}

/// How a question is held.
#[derive(Clone, Copy)]
pub(crate) struct Held {
    /// What was seen last.
    pub(crate) known: u64,
    pub(crate) seconds: u64,
}

impl OpenChecks {
    /// Ends what was under way when the exchange last ended.
    pub(crate) fn new(store: Store, clock: Clock) -> Result<Self, ledger::StoreError> {
        let run = clock.now();
        let interrupted = store.interrupt_checks(run)?;
        if interrupted > 0 {
            tracing::warn!(checks = interrupted, "Checks were interrupted");
        }
        Ok(Self {
            checks: Mutex::default(),
            bell: Bell::default(),
            store,
            clock,
            run,
            opened: AtomicU64::new(0),
        })
    }

    /// Answers every question that is held, as the exchange is about to end.
    pub(crate) fn close(&self) {
        self.bell.close();
    }

    /// What a kiosk does with its check, and what it sees then.
    pub(crate) async fn of_kiosk(
        &self,
        kiosk: &StationId,
        id: &CheckId,
        deed: KioskDeed,
        held: Held,
    ) -> Result<KioskView, Problem> {
        {
            let mut checks = self.checks();
            let facts = checks
                .decide_kiosk(kiosk, id, &deed)
                .map_err(Problem::Check)?;
            self.write_down(&mut checks, id, &facts)?;
            checks.heard_kiosk(id, &deed, Instant::now());
        }
        if deed != KioskDeed::Watch {
            self.bell.ring();
        }
        let watch = |checks: &mut Checks| {
            checks.heard_kiosk(id, &KioskDeed::Watch, Instant::now());
            checks.kiosk_view(kiosk, id)
        };
        let held = held.if_watched(deed == KioskDeed::Watch);
        self.held(held, watch, |view| view.edition).await
    }

    /// What an agent does with a check, and what the agent sees then.
    pub(crate) async fn of_desk(
        &self,
        desk: &StationId,
        speaker: Speaker,
        id: &CheckId,
        deed: DeskDeed,
        held: Held,
    ) -> Result<DeskSheet, Problem> {
        let seat = Seat {
            desk: desk.clone(),
            agent: speaker.agent.clone(),
        };
        {
            let mut checks = self.checks();
            let facts = checks
                .decide_desk(desk, &speaker, id, &deed)
                .map_err(Problem::Check)?;
            self.write_down(&mut checks, id, &facts)?;
        }
        let watch = |checks: &mut Checks| {
            let now = Instant::now();
            checks.heard_desk(&seat, id, now);
            checks.desk_sheet(&seat, id, now)
        };
        let held = held.if_watched(deed == DeskDeed::Watch);
        self.held(held, watch, |sheet| sheet.edition).await
    }

    /// Which checks wait for somebody.
    pub(crate) async fn waiting(&self, held: Held) -> Result<WaitingChecks, Problem> {
        let list = |checks: &mut Checks| Ok(checks.waiting(Instant::now()));
        self.held(held, list, |waiting| waiting.edition).await
    }

    /// Ends checks in time, whether or not anybody asks.
    pub(crate) async fn end_what_is_over(self: Arc<Self>) {
        loop {
            self.bell.rung_or_due(|| self.checks().poll_timeout()).await;
            if let Err(problem) = self.end_now() {
                tracing::error!(%problem, "Checks that are over cannot be ended");
                tokio::time::sleep(RETRY).await;
            }
        }
    }

    fn end_now(&self) -> Result<(), Problem> {
        let now = Instant::now();
        let mut checks = self.checks();
        for (id, fact) in checks.decide_timeout(now) {
            self.write_down(&mut checks, &id, std::slice::from_ref(&fact))?;
        }
        checks.forget_over(now);
        Ok(())
    }

    /// Facts first stand in the ledger and then are true.
    fn write_down(
        &self,
        checks: &mut Checks,
        id: &CheckId,
        facts: &[CheckFact],
    ) -> Result<(), Problem> {
        if facts.is_empty() {
            return Ok(());
        }
        self.store.append_to_check(id, facts, self.clock.now())?;
        checks.take_over(id, facts, Instant::now());
        self.bell.ring();
        Ok(())
    }

    fn checks(&self) -> MutexGuard<'_, Checks> {
        self.checks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn name(&self) -> CheckId {
        let number = self.opened.fetch_add(1, Ordering::Relaxed) + 1;
        CheckId::new(format!("{}-{number}", self.run.as_millis()))
    }

    /// Looks until there is news, or the wait is over.
    async fn held<T>(
        &self,
        held: Held,
        mut look: impl FnMut(&mut Checks) -> Result<T, CheckRefusal>,
        edition: impl Fn(&T) -> u64,
    ) -> Result<T, Problem> {
        let look = || look(&mut self.checks()).map_err(Problem::Check);
        let is_news = |seen: &T| edition(seen) != held.known;
        self.bell.held(held.seconds, look, is_news).await
    }
}

impl Held {
    /// Whoever did something hears at once what came of it.
    fn if_watched(self, watched: bool) -> Self {
        let seconds = if watched { self.seconds } else { 0 };
        Self { seconds, ..self }
    }
}
