// Static account pages: shows and hides a typed password. One listener on the document serves pages that are swapped in later.
document.addEventListener('click', event => {
  const button = event.target.closest('[data-shows-password]');
  if (!button) return;
  const input = document.getElementById(button.dataset.showsPassword);
  const show = input.type === 'password';
  input.type = show ? 'text' : 'password';
  button.setAttribute('aria-pressed', String(show));
});
