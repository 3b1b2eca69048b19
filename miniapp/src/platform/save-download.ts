/** Fetches a file of ours, with who asks in the headers, and saves it. False where the server did not give it. */
export async function saveDownload(
  url: string,
  headers: Readonly<Record<string, string>>,
  name: string,
): Promise<boolean> {
  if (process.env.TARO_ENV === 'h5') {
    const response = await fetch(url, { headers }).catch(() => null);
    if (response?.ok !== true) return false;
    const address = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
    return true;
  } else {
    return false;
  }
}
