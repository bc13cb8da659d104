// A press anywhere in a row of a list presses the row's button ([data-fc-row]), so that the server listens to one element a row.
document.addEventListener("click", event => {
  const row = event.target.closest?.("tr");
  const button = row?.querySelector("[data-fc-row]");
  // Links and controls have their own effect, and who selects text does not press.
  if (!button || event.target.closest("a,button,input,label,select") || String(getSelection()) !== "") return;
  button.click();
});
