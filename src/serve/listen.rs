//! Sockets, and the end by a signal.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::time::Duration;

use tokio::runtime;
use tokio::task::JoinSet;

use super::answer;
use super::connection_limit::LimitedLines;
use super::state::Preview;

/// So many ports are tried, one after the other.
const PORTS: u16 = 100;

/// How long requests may go on after the end.
const PATIENCE: Duration = Duration::from_millis(200);

/// Binds to the first free port from that one on.
///
/// # Errors
///
/// Why none can be had, in words.
pub(super) fn bind(host: Option<&str>, port: u16) -> Result<Vec<TcpListener>, String> {
    let last = if port == 0 {
        0
    } else {
        port.saturating_add(PORTS - 1)
    };
    for port in port..=last {
        let addresses = addresses(host, port)?;
        match bind_all(&addresses) {
            Ok(listeners) => return Ok(listeners),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(format!("port {port} cannot be listened at: {error}")),
        }
    }
    Err(format!("the ports from {port} to {last} are all taken"))
}

/// This machine alone, in both kinds of addresses, unless asked otherwise.
fn addresses(host: Option<&str>, port: u16) -> Result<Vec<SocketAddr>, String> {
    let Some(host) = host else {
        let local: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        return Ok(local.map(|address| SocketAddr::new(address, port)).into());
    };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found = (bare, port).to_socket_addrs();
    let found: Vec<_> = found
        .map_err(|error| format!("the host `{host}` is not known: {error}"))?
        .collect();
    Ok(found)
}

/// All of those addresses, at the same port; a kind of address that the
/// machine does not have is passed over.
fn bind_all(addresses: &[SocketAddr]) -> std::io::Result<Vec<TcpListener>> {
    let mut listeners: Vec<TcpListener> = Vec::new();
    let mut missing = None;
    for address in addresses {
        let mut address = *address;
        if let (0, Some(first)) = (address.port(), listeners.first()) {
            address.set_port(first.local_addr()?.port());
        }
        match TcpListener::bind(address) {
            Ok(listener) => listeners.push(listener),
            Err(error) if error.kind() == ErrorKind::AddrNotAvailable => missing = Some(error),
            Err(error) if error.kind() == ErrorKind::Unsupported => missing = Some(error),
            Err(error) => return Err(error),
        }
    }
    match missing {
        Some(error) if listeners.is_empty() => Err(error),
        _ => Ok(listeners),
    }
}

/// Where the preview is to be seen.
pub(super) fn address(host: Option<&str>, listeners: &[TcpListener]) -> String {
    let local = listeners.first().and_then(|first| first.local_addr().ok());
    let port = local.map_or(0, |address| address.port());
    let is_any = local.is_some_and(|address| address.ip().is_unspecified());
    let host = match host {
        Some(host) if !is_any => host.to_owned(),
        _ => Ipv4Addr::LOCALHOST.to_string(),
    };
    if host.contains(':') && !host.starts_with('[') {
        format!("http://[{host}]:{port}/")
    } else {
        format!("http://{host}:{port}/")
    }
}

/// Answers requests until a signal comes.
///
/// # Errors
///
/// Why it cannot, in words.
pub(super) fn serve(listeners: Vec<TcpListener>, preview: &Preview) -> Result<(), String> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("the preview cannot start: {error}"))?;
    let served = runtime.block_on(async {
        let mut servers = JoinSet::new();
        for listener in listeners {
            listener.set_nonblocking(true)?;
            let listener = LimitedLines(tokio::net::TcpListener::from_std(listener)?);
            let router = answer::router(preview.clone());
            servers.spawn(async { axum::serve(listener, router).await });
        }
        interrupted().await
    });
    runtime.shutdown_timeout(PATIENCE);
    served.map_err(|error: std::io::Error| format!("the preview cannot go on: {error}"))
}

#[cfg(unix)]
async fn interrupted() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminated.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn interrupted() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
