//! Lines that are a telephone at other lines: they register there and prove who calls.

use std::{net::SocketAddr, time::Duration};

use privacy::Personal;
use signalling::{
    Accounts, Binding, Call, Callers, Cause, Command, Credentials, Event, NotRegistered, Settings,
    Signalling, Target,
};
use sip::{
    digest::AccountKey,
    sdp::{Offer, Origin},
};

use crate::{
    operator::{Operator, abilities, for_anyone},
    telephone::{SDP, Telephone},
};

const HOUR: Duration = Duration::from_secs(3_600);

/// A switch that asks everybody for a password.
async fn house() -> Operator {
    let settings = for_anyone();
    let mut accounts = Accounts::default();
    let key = AccountKey::from_password("agent1", &settings.realm, "correct");
    accounts.insert("agent1", key);
    Operator::open_with(Settings {
        accounts,
        callers: Callers::Trunks(Vec::new()),
        ..settings
    })
    .await
}

async fn telephone(password: &str, house: SocketAddr) -> Operator {
    Operator::open_with(Settings {
        callers: Callers::Only(vec![house.ip()]),
        credentials: Some(Credentials {
            account: Personal::new("agent1".to_owned()),
            password: Personal::new(password.to_owned()),
        }),
        ..for_anyone()
    })
    .await
}

fn binding(registrar: SocketAddr, transport: &str, expires: Duration) -> Binding {
    Binding {
        registrar: format!("sip:{registrar}{transport}"),
        expires,
    }
}

fn call(house: SocketAddr, operator: &mut Operator) -> Command {
    let leg = operator.lines.new_leg();
    let origin = Origin::first(leg.number(), house.ip());
    Command::Call(Box::new(Call {
        leg,
        to: Target::Uri(Personal::new(format!("sip:110@{house}"))),
        from: Personal::new("agent1".to_owned()),
        display: None,
        offer: Offer::of(&abilities(), origin),
        request: Some("R-7".to_owned()),
        headers: Vec::new(),
    }))
}

#[tokio::test]
async fn a_telephone_registers_and_is_called_where_it_is() {
    for transport in ["", ";transport=tcp"] {
        let mut house = house().await;
        let address = match transport {
            "" => house.address(),
            _ => house.lines.tcp_address().unwrap(),
        };
        let mut telephone = telephone("correct", address).await;
        let mut agent = telephone.lines.user_agent();

        let granted = agent.register(&binding(address, transport, HOUR)).await;

        assert_eq!(granted, Ok(HOUR));
        let came = house.hears().await;
        assert!(
            matches!(&came, Event::Registered { account, .. } if account == "agent1"),
            "{came:?}"
        );
        let mut calling = call(address, &mut house);
        if let Command::Call(call) = &mut calling {
            call.to = Target::Account("agent1".to_owned());
            call.headers = vec![("X-Minwon-Call".to_owned(), "42".to_owned())];
        }
        house.does(calling);
        let called = telephone.hears().await;
        let Event::Called { leg, call, .. } = called else {
            panic!("not a call: {called:?}");
        };
        assert_eq!(call.as_deref(), Some("42"));
        telephone.does(Command::End { leg });
        assert!(matches!(
            house.hears().await,
            Event::Refused { status: 480, .. }
        ));

        let gone = agent
            .register(&binding(address, transport, Duration::ZERO))
            .await;
        assert_eq!(gone, Ok(Duration::ZERO));
        assert!(matches!(house.hears().await, Event::Unregistered { .. }));
    }
}

#[tokio::test]
async fn a_wrong_password_is_named_as_such() {
    let house = house().await;
    let telephone = telephone("guessed", house.address()).await;
    let mut agent = telephone.lines.user_agent();

    let answer = agent.register(&binding(house.address(), "", HOUR)).await;

    assert_eq!(answer, Err(NotRegistered::WrongPassword));
}

#[tokio::test]
async fn a_registrar_that_is_not_there_is_silent_and_a_closed_port_unreachable() {
    let nobody = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = nobody.local_addr().unwrap();
    let telephone = telephone("correct", address).await;
    let mut agent = telephone.lines.user_agent();

    assert_eq!(
        agent.register(&binding(address, "", HOUR)).await,
        Err(NotRegistered::Silent)
    );
    assert_eq!(
        agent
            .register(&binding(address, ";transport=tcp", HOUR))
            .await,
        Err(NotRegistered::Unreachable)
    );
    for registrar in ["sip:a b", "tel:110", "sip:h\r\nX: y"] {
        let binding = Binding {
            registrar: registrar.to_owned(),
            expires: HOUR,
        };
        assert_eq!(agent.register(&binding).await, Err(NotRegistered::NoUri));
    }
}

#[tokio::test]
async fn who_calls_proves_it_where_it_is_asked_to() {
    let mut house = house().await;
    let mut telephone = telephone("correct", house.address()).await;
    let calling = call(house.address(), &mut telephone);

    telephone.does(calling);

    let called = house.hears().await;
    let Event::Called {
        leg,
        account,
        request,
        ..
    } = called
    else {
        panic!("not a call: {called:?}");
    };
    assert_eq!(account.as_deref(), Some("agent1"));
    assert_eq!(request.as_deref(), Some("R-7"));
    house.does(Command::Refuse {
        leg,
        status: 486,
        retry_after: None,
    });
    assert!(matches!(
        telephone.hears().await,
        Event::Refused { status: 486, .. }
    ));
    let (_, why) = house.hears_end().await;
    assert_eq!(why, Cause::Declined { status: 486 });
    telephone.has_nothing_left();
}

#[tokio::test]
async fn a_call_with_a_wrong_password_is_refused_after_one_try() {
    let mut house = house().await;
    let mut telephone = telephone("guessed", house.address()).await;
    let calling = call(house.address(), &mut telephone);

    telephone.does(calling);

    assert!(matches!(
        telephone.hears().await,
        Event::Refused { status: 401, .. }
    ));
    house.has_nothing_left();
}

#[tokio::test]
async fn a_stranger_does_not_get_through_to_a_telephone() {
    let mut telephone = telephone("correct", "192.0.2.1:5060".parse().unwrap()).await;
    let mut stranger = Telephone::over_udp(telephone.address()).await;
    let invite = stranger.request("INVITE sip:minwon@house", 1, &[], SDP);

    stranger.says(&invite).await;

    let answer = stranger.hears().await;
    assert!(answer.starts_with("SIP/2.0 403 "), "{answer}");
    telephone.has_nothing_left();
}
