//! Several in one call: a colleague is asked, joins or takes over, and a
//! supervisor listens.

use cti::{Destination, Event, MonitorMode, Monitoring, Request, RequestedState, TalkState};
use tokio::task::spawn_blocking;

use crate::{
    desk::DeskLine,
    office::Office,
    sipp::{Sipp, free_port},
    talk,
};

/// The caller hangs up after this; everything else is over long before.
const CALL_MILLISECONDS: u32 = 20_000;

/// Signs in at a desk and registers SIPp as the telephone beside it; answers its port.
pub(crate) async fn at_work(
    office: &Office,
    station: &str,
    account: &'static str,
) -> (DeskLine, u16) {
    let own = office.credentials.path().join(station);
    let mut desk = DeskLine::greets(office.center.desks.unwrap(), &own).await;
    let telephone = desk.signs_in(account).await.telephone.unwrap();
    let (switch, port) = (office.center.address, free_port());
    let password = telephone.password.reveal().clone();
    let registering = move || Sipp::registering(switch, port, account, &password).succeeds();
    spawn_blocking(registering).await.unwrap();
    desk.is_told(|it| (*it == Event::Registered { registered: true }).then_some(()))
        .await;
    (desk, port)
}

/// A call that agent 3 has answered, and agent 1 asked about it.
struct Consultation {
    office: Office,
    desk: DeskLine,
    caller: Sipp,
    agent: Sipp,
    colleague: Sipp,
}

impl Consultation {
    async fn begin(ports: [u16; 2]) -> Self {
        let office = Office::open(ports);
        let switch = office.center.address;
        let (mut desk, port) = at_work(&office, "desk-1", "agent-3").await;
        desk.asks(Request::SetAgentState {
            state: RequestedState::Ready,
        })
        .await;
        let agent = Sipp::agent("agent_answers", switch, port);
        let caller = Sipp::calls(switch, CALL_MILLISECONDS);
        desk.is_told(talk(TalkState::Established)).await;
        // Only now, so that the caller came to the other agent.
        let port = spawn_blocking(move || Sipp::registers(switch, "agent-1"));
        let colleague = Sipp::agent("agent_answers", switch, port.await.unwrap());
        desk.asks(Request::ConsultationCall {
            to: Destination::Agent { id: 1 },
        })
        .await;
        desk.is_told(talk(TalkState::Consulting { answered: true }))
            .await;
        Self {
            office,
            desk,
            caller,
            agent,
            colleague,
        }
    }

    /// The caller is the one who hangs up.
    async fn ends(self) {
        let Self {
            agent,
            caller,
            colleague,
            ..
        } = self;
        let ended = move || {
            agent.succeeds();
            caller.succeeds();
            colleague.succeeds();
        };
        spawn_blocking(ended).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_was_asked_takes_the_caller_over() {
    let mut asked = Consultation::begin([21_800, 21_849]).await;

    asked.desk.asks(Request::TransferCall).await;
    (asked.desk)
        .is_told(|it| (*it == Event::ConnectionCleared).then_some(()))
        .await;

    asked.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_speak_together_and_a_supervisor_who_listens_is_shown_to_the_agent() {
    let mut asked = Consultation::begin([21_850, 21_899]).await;
    asked.desk.asks(Request::ConferenceCall).await;
    asked.desk.is_told(talk(TalkState::Conferenced)).await;
    let (mut supervisor, port) = at_work(&asked.office, "desk-2", "supervisor").await;
    let telephone = Sipp::agent("agent_answers", asked.office.center.address, port);

    let (agent, mode) = (3, MonitorMode::Listen);
    supervisor.asks(Request::Monitor { agent, mode }).await;

    let monitored = Event::Monitored { mode: Some(mode) };
    asked
        .desk
        .is_told(|it| (*it == monitored).then_some(()))
        .await;
    let part = |of| move |it: &Event| (*it == Event::Monitoring { of }).then_some(());
    let listens = Some(Monitoring { agent, mode });
    supervisor.is_told(part(listens)).await;
    supervisor.asks(Request::StopMonitoring).await;
    supervisor.is_told(part(None)).await;
    let nobody = Event::Monitored { mode: None };
    asked.desk.is_told(|it| (*it == nobody).then_some(())).await;
    spawn_blocking(move || telephone.succeeds()).await.unwrap();
    asked.ends().await;
}
