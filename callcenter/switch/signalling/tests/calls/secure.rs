//! Telephones over TLS, with SHA-256.

use std::sync::Arc;

use flows::Peer;
use privacy::Personal;
use rustls::{
    RootCertStore, ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use signalling::{
    Accounts, Call, Callers, Cause, Command, Event, Settings, Signalling, Target, TlsListener,
};
use sip::{
    digest::AccountKey,
    sdp::{Offer, Origin},
};

use crate::{
    operator::{Operator, abilities, for_anyone},
    telephone::{SDP, Telephone, header, proof},
};

async fn open() -> (Operator, RootCertStore) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let settings = for_anyone();
    let mut accounts = Accounts::default();
    let key = AccountKey::from_password("agent1", &settings.realm, "correct");
    accounts.insert("agent1", key);
    let operator = Operator::open_with(Settings {
        accounts,
        callers: Callers::Trunks(Vec::new()),
        tls: Some(TlsListener {
            address: "127.0.0.1:0".parse().unwrap(),
            server: Arc::new(server),
            client: None,
        }),
        ..settings
    })
    .await;
    (operator, roots)
}

/// Registers, and says how it was answered.
async fn registers(telephone: &mut Telephone, password: &str) -> String {
    let line = "REGISTER sip:house";
    let first = telephone.request(line, 1, &["Expires: 300"], "");
    telephone.says(&first).await;
    let challenged = telephone.hears().await;
    assert!(challenged.starts_with("SIP/2.0 401 "), "{challenged}");
    let proof = proof(&challenged, "REGISTER", "sip:house", password);
    let second = telephone.request(line, 2, &["Expires: 300", &proof], "");
    telephone.says(&second).await;
    telephone.hears().await
}

#[tokio::test]
async fn a_telephone_over_tls_registers_and_is_called_the_way_it_came() {
    let trial = flows::tried("lines: registered and called over TLS", Peer::OctetsTls);
    let (mut operator, roots) = open().await;
    let house = operator.lines.tls_address().unwrap();
    let mut telephone = Telephone::over_tls(house, roots).await;

    let answer = registers(&mut telephone, "correct").await;
    assert!(answer.starts_with("SIP/2.0 200 "), "{answer}");
    assert!(header(&answer, "Contact").ends_with(";expires=300"));
    let came = operator.hears().await;
    assert!(matches!(came, Event::Registered { source, .. } if source == telephone.address));

    let leg = operator.lines.new_leg();
    let offer = Offer::of(&abilities(), Origin::first(1, house.ip()));
    operator.does(Command::Call(Box::new(Call {
        leg,
        to: Target::Account("agent1".to_owned()),
        from: Personal::new("0212345678".to_owned()),
        display: None,
        offer,
        request: None,
        headers: Vec::new(),
    })));
    let invite = telephone.hears().await;
    assert!(invite.starts_with("INVITE sip:agent1@"), "{invite}");
    assert!(header(&invite, "Via").starts_with("SIP/2.0/TLS "));
    let ringing = telephone.response(&invite, "180 Ringing", "");
    telephone.says(&ringing).await;
    let answer = telephone.response(&invite, "200 OK", SDP);
    telephone.says(&answer).await;

    operator.hears_answer().await;
    assert!(telephone.hears().await.starts_with("ACK sip:agent1@"));
    operator.does(Command::End { leg });
    let bye = telephone.hears().await;
    assert!(bye.starts_with("BYE sip:agent1@"), "{bye}");
    let answer = telephone.response(&bye, "200 OK", "");
    telephone.says(&answer).await;
    assert_eq!(operator.hears_end().await, (leg, Cause::Released));

    drop(telephone);
    let went = operator.hears().await;
    assert!(matches!(went, Event::Unregistered { account } if account == "agent1"));
    operator.has_nothing_left();
    trial.saw("SHA-256, called over its connection");
}

#[tokio::test]
async fn a_wrong_password_registers_nobody() {
    let (mut operator, roots) = open().await;
    let house = operator.lines.tls_address().unwrap();
    let mut telephone = Telephone::over_tls(house, roots).await;

    let answer = registers(&mut telephone, "wrong").await;

    assert!(answer.starts_with("SIP/2.0 401 "), "{answer}");
    operator.has_nothing_left();
}

#[tokio::test]
async fn an_account_that_proves_itself_may_call() {
    let (mut operator, roots) = open().await;
    let house = operator.lines.tls_address().unwrap();
    let mut telephone = Telephone::over_tls(house, roots).await;
    let line = "INVITE sip:110@house";

    let first = telephone.request(line, 1, &[], SDP);
    telephone.says(&first).await;
    let challenged = telephone.hears().await;
    let to = format!("To: {}", header(&challenged, "To"));
    let ack = telephone.request("ACK sip:110@house", 1, &[&to], "");
    telephone
        .says(&ack.replace("z9hG4bKACK", "z9hG4bKINVITE"))
        .await;
    let proof = proof(&challenged, "INVITE", "sip:110@house", "correct");
    let second = telephone.request(line, 2, &[&proof], SDP);
    telephone.says(&second).await;

    let called = operator.hears().await;
    assert!(
        matches!(&called, Event::Called { account: Some(account), .. } if account == "agent1"),
        "{called:?}"
    );
}
