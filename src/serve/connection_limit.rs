//! Connections whose lines have an end, as has the silence on them.

use std::io::{ErrorKind, Result};
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Sleep, sleep};

/// The longest line of a request, in bytes. Requests that read have no body,
/// so all they are is lines.
const MAX_LINE: usize = 16 * 1024;

/// What a line is broken by: a byte that no request may have, and the end of
/// the request, without which the server would wait for more.
const BREAK: [u8; 3] = *b"\0\n\n";

/// Listens for connections on which a line that is too long is broken: it is
/// then answered like any other that makes no sense.
pub(super) struct LimitedLines(pub(super) TcpListener);

/// How long nothing may be read from a connection or written to it.
const MAX_SILENCE: Duration = Duration::from_mins(1);

/// Such a connection.
pub(super) struct Connection {
    stream: TcpStream,
    silence: Pin<Box<Sleep>>,
    /// The length of the line that is being read.
    length: usize,
}

impl Listener for LimitedLines {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        let silence = Box::pin(sleep(MAX_SILENCE));
        let connection = Connection {
            stream,
            silence,
            length: 0,
        };
        (connection, address)
    }

    fn local_addr(&self) -> Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connection {
    fn heard(&mut self) {
        self.silence.as_mut().reset(Instant::now() + MAX_SILENCE);
    }

    /// A byte of a line, or what breaks the line there.
    fn checked(&mut self, byte: u8) -> u8 {
        self.length = if byte == b'\n' { 0 } else { self.length + 1 };
        match self.length.checked_sub(MAX_LINE + 1) {
            Some(over) => BREAK[over % BREAK.len()],
            None => byte,
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        if Pin::new(&mut self.stream)
            .poll_read(context, buffer)?
            .is_pending()
        {
            ready!(self.silence.as_mut().poll(context));
            return Poll::Ready(Err(ErrorKind::TimedOut.into()));
        }
        self.heard();
        for byte in &mut buffer.filled_mut()[before..] {
            *byte = self.checked(*byte);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write(context, bytes))?;
        self.heard();
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt as _;

    #[test]
    fn a_connection_on_which_nothing_is_said_is_closed() {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let _silent = TcpStream::connect(address).await.unwrap();
            let (mut connection, _) = LimitedLines(listener).accept().await;
            let begun = Instant::now();
            let error = connection.read_u8().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TimedOut);
            assert_eq!(begun.elapsed().as_secs(), MAX_SILENCE.as_secs());
        });
    }
}
