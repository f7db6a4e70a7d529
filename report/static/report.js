/* What the theme leaves out for those who use a keyboard or a screen reader. */
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("nav summary").forEach((summary) => {
    const above = summary.closest("li").querySelector("a");
    summary.setAttribute("aria-label", `Pages under ${above.textContent.trim()}`);
  });
  document.querySelectorAll(".bd-article table, .bd-article .cell_output, .bd-article pre, .data-frame").forEach((part) => {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
  });
});
